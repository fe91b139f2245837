// Header fields: what can be sent.

/** Names of methods and header fields (RFC 9110, section 5.6.2). */
export const NAME = /^[!#$%&'*+.^`|~\w-]+$/;

/** Fields of which a client says what is true for its own request; some refuse to be told. */
export const OF_CLIENT = /^(?:host|connection|keep-alive|proxy-connection|upgrade|te|trailer|transfer-encoding|content-length|expect|accept-encoding)$/i;
