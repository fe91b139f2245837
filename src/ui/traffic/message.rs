//! A message as it went over the wire, its secrets masked.

use serde_json::Value;
use yew::{Html, html};

use crate::api::secret::{masked_body, masked_header};
use crate::http::Headers;
use crate::ui::parts::json;

/// Up to this many bytes a body is laid out and coloured.
const COLOURED: usize = 64 * 1_024;

/// Up to this many characters it is shown.
const SHOWN: usize = 200_000;

/// Header fields and body, under a first line. `label` says whose body it is.
pub(super) fn message(first: Html, headers: &Headers, label: &'static str, body: &str) -> Html {
    let body = masked_body(body);
    html! {
        <div class="wire">
            <div class="wire__req">
                <div>{ first }</div>
                { for headers.iter().map(|(name, value)| html! {
                    <div><span class="hn">{ name }{ ": " }</span><bdi>{ masked_header(name, value).into_owned() }</bdi></div>
                }) }
            </div>
            if body.is_empty() {
                <p class="nobody muted">{ "No body" }</p>
            } else if body.len() <= COLOURED && serde_json::from_str::<Value>(&body).is_ok() {
                { json(label, &body) }
            } else {
                { plain(label, &body) }
            }
        </div>
    }
}

/// What is no JSON, or too much of it, as it is.
fn plain(label: &'static str, body: &str) -> Html {
    let end = body
        .char_indices()
        .nth(SHOWN)
        .map_or(body.len(), |(at, _)| at);
    let (shown, rest) = body.split_at_checked(end).unwrap_or((body, ""));
    html! {
        <>
            <pre class="codebox" tabindex="0" role="group" aria-label={label}><span class="ln">{ shown.to_owned() }</span></pre>
            if !rest.is_empty() {
                <p class="nobody muted">{ "And " }{ rest.len() }{ " bytes more." }</p>
            }
        </>
    }
}
