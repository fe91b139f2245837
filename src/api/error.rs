//! The table of errors: from a refusal of an operation to status, code and message.

use super::dialect::Dialect;
use super::refusal::{Breach, Injected, InjectedError, Offence, Refusal, Token};
use super::route::Operation;
use super::wire::ErrorInfo;
use crate::engine;
use crate::http::Response;

/// After how many seconds a client is to try again that was refused because someone wanted it.
const INJECTED_WAIT: u64 = 10;

/// The `ErrorInfo` with which `operation` refuses; none if no operation was found.
pub fn error_info(dialect: Dialect, operation: Option<Operation>, refusal: &Refusal) -> ErrorInfo {
    let (status, code, message) = row(operation, refusal);
    let code = dialect.code(operation, refusal).unwrap_or(code);
    let mut code = code;
    if let Refusal::Injected(injected) = refusal {
        code = injected.error.code().unwrap_or(code);
    }
    ErrorInfo {
        status,
        code: code.to_owned(),
        message,
    }
}

/// The code that belongs to a status; nothing where the API and its guidelines know none.
pub const fn code_of(status: u16) -> Option<&'static str> {
    Some(match status {
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        405 => "METHOD_NOT_ALLOWED",
        406 => "NOT_ACCEPTABLE",
        409 => "CONFLICT",
        413 => "PAYLOAD_TOO_LARGE",
        415 => "UNSUPPORTED_MEDIA_TYPE",
        429 => "TOO_MANY_REQUESTS",
        500 => "INTERNAL",
        501 => "NOT_IMPLEMENTED",
        502 => "BAD_GATEWAY",
        503 => "UNAVAILABLE",
        504 => "TIMEOUT",
        _ => return None,
    })
}

/// The same as a response, with the header fields that belong to it.
pub(crate) fn error_response(
    dialect: Dialect,
    operation: Option<Operation>,
    refusal: &Refusal,
) -> Response {
    let info = error_info(dialect, operation, refusal);
    let response = Response::json(info.status, &info);
    if let Refusal::MethodNotAllowed { allow, .. } = refusal {
        return response.header("allow", &allow.join(", "));
    }
    if let Refusal::TooManyRequests { retry_after } = refusal {
        return response.header("retry-after", &retry_after.to_string());
    }
    if info.status == 429 {
        return response.header("retry-after", &INJECTED_WAIT.to_string());
    }
    if info.status == 401 {
        return response.header("www-authenticate", "Bearer");
    }
    response
}

#[rustfmt::skip]
fn row(operation: Option<Operation>, refusal: &Refusal) -> (u16, &'static str, String) {
    use engine::Refusal as Engine;
    match refusal {
        Refusal::UnknownRoute { path } =>
            (404, "NOT_FOUND", format!("The specified resource is not found: {path}")),
        Refusal::MethodNotAllowed { method, allow } =>
            (405, "METHOD_NOT_ALLOWED", format!("The method {method} is not allowed here: use {}", allow.join(" or "))),
        Refusal::Unauthenticated(Token::Missing | Token::Malformed | Token::Unknown | Token::Expired(_)) =>
            (401, "UNAUTHENTICATED", "Authorization failed: a valid access token is required".to_owned()),
        Refusal::ScopeMissing(scopes) =>
            (403, "PERMISSION_DENIED", format!("Operation not allowed: the access token has not the scope {}", scopes.join(" or "))),
        Refusal::NotTheOwner(_) =>
            (403, "PERMISSION_DENIED", "Operation not allowed: the session belongs to another client".to_owned()),
        Refusal::NotAcceptable(accept) =>
            (406, "NOT_ACCEPTABLE", format!("No representation is acceptable: {accept} excludes application/json")),
        Refusal::TooManyRequests { retry_after } =>
            (429, "TOO_MANY_REQUESTS", format!("Too many requests: try again in {retry_after} s")),
        Refusal::BodyTooLarge { limit } =>
            (413, "PAYLOAD_TOO_LARGE", format!("The request body is too large: at most {limit} bytes are allowed")),
        Refusal::UnsupportedMediaType(seen) =>
            (415, "UNSUPPORTED_MEDIA_TYPE", format!("The media type {seen} is not supported: use application/json")),
        Refusal::NotJson { why, .. } =>
            (400, "INVALID_ARGUMENT", format!("Schema validation failed at  body: not JSON, {why}")),
        Refusal::Schema(offences) => match offences.first() {
            Some(offence) => schema(operation, offence),
            None => (400, "INVALID_ARGUMENT", "Schema validation failed at  body".to_owned()),
        },
        Refusal::ProfilesNotFound =>
            (404, "NOT_FOUND", "No QoS Profiles found".to_owned()),
        Refusal::ProfileNotFound(_) =>
            (404, "NOT_FOUND", "QosProfile Id does not exist".to_owned()),
        Refusal::TestValue(_) =>
            (409, "CONFLICT", "Another session is created for the same UE".to_owned()),
        Refusal::UnknownScenario { name, names } =>
            (400, "INVALID_ARGUMENT", format!("Schema validation failed at  x-qod-scenario: there is no scenario {name}, but {}", names.join(", "))),
        Refusal::Injected(injected) => injected_row(operation, injected),
        Refusal::Engine(Engine::ProfileUnknown(name)) =>
            (400, "INVALID_ARGUMENT", format!("Schema validation failed at  qosProfile: there is no QoS profile {name}")),
        Refusal::Engine(Engine::ProfileNotActive(name, status)) =>
            (400, "INVALID_ARGUMENT", format!("Schema validation failed at  qosProfile: the QoS profile {name} is {}", status_word(*status))),
        Refusal::Engine(Engine::DurationOutOfRange(_)) =>
            (400, "OUT_OF_RANGE", "The requested duration is out of the allowed range for the specific QoS profile".to_owned()),
        Refusal::Engine(Engine::DeviceUnknown(_)) =>
            (400, "INVALID_ARGUMENT", "Unable to identify device from specified parameters: device".to_owned()),
        Refusal::Engine(Engine::DeviceInconsistent(..)) =>
            (400, "INVALID_ARGUMENT", "Multiple inconsistent parameters specified: device".to_owned()),
        Refusal::Engine(Engine::DeviceUnsupported(_)) =>
            (501, "NOT_IMPLEMENTED", "Service not implemented for the specified user device".to_owned()),
        Refusal::Engine(Engine::Conflict(..)) =>
            (409, "CONFLICT", "Another session is created for the same device".to_owned()),
        Refusal::Engine(Engine::SessionUnknown(_)) =>
            (404, "NOT_FOUND", "Session Id does not exist".to_owned()),
        Refusal::Engine(Engine::SessionInactive(..)) =>
            (400, "INVALID_ARGUMENT", "The target session is inactive".to_owned()),
        // Only what the network does or the registry is told can fail in this way: no request does.
        Refusal::Engine(Engine::NotPossible(..) | Engine::IdentifierTaken(..) | Engine::NotRegistered(_)) =>
            (500, "INTERNAL", "Internal server error: not a request".to_owned()),
    }
}

#[rustfmt::skip]
fn injected_row(operation: Option<Operation>, injected: &Injected) -> (u16, &'static str, String) {
    use Operation::{GetQosProfile, GetQosProfiles};
    let status = match injected.error {
        InjectedError::DeviceUnknown =>
            return (400, "INVALID_ARGUMENT", "Unable to identify device from specified parameters: device".to_owned()),
        InjectedError::DeviceInconsistent =>
            return (400, "INVALID_ARGUMENT", "Multiple inconsistent parameters specified: device".to_owned()),
        InjectedError::Status(status, _) => status,
    };
    let message = match (status, operation) {
        (400, _) => "Schema validation failed at  body: injected",
        (401, _) => "Authorization failed: a valid access token is required",
        (403, _) => "Operation not allowed: injected",
        (404, Some(GetQosProfiles)) => "No QoS Profiles found",
        (404, Some(GetQosProfile)) => "QosProfile Id does not exist",
        (404, _) => "Session Id does not exist",
        (409, _) => "Another session is created for the same device",
        (429, _) => "Too many requests: try again in 10 s",
        (500, Some(GetQosProfiles | GetQosProfile)) => "Internal server error: Could not get QoS Profile",
        (500, _) => "Internal server error: injected",
        (501, _) => "Service not implemented for the specified user device",
        (503, _) => "Service unavailable",
        _ => "Injected",
    };
    (status, code_of(status).unwrap_or("INJECTED"), message.to_owned())
}

#[rustfmt::skip]
fn schema(operation: Option<Operation>, offence: &Offence) -> (u16, &'static str, String) {
    let Offence { path, rule, .. } = offence;
    let at = if path.is_empty() { "body" } else { path };
    match (operation, offence.breach) {
        (Some(Operation::CreateSession), Breach::Missing) if !path.contains('.') =>
            (400, "INVALID_ARGUMENT", format!("Expected property is missing: {path}")),
        (_, Breach::Insufficient) =>
            (400, "INVALID_ARGUMENT", format!("Insufficient properties specified: {path}")),
        (_, Breach::PortValue) =>
            (400, "OUT_OF_RANGE", format!("Invalid port value specified: {path}")),
        (_, Breach::PortRanges) =>
            (400, "OUT_OF_RANGE", format!("Invalid port ranges specified: {path}")),
        (_, Breach::Missing | Breach::Ignored | Breach::Other) =>
            (400, "INVALID_ARGUMENT", format!("Schema validation failed at  {at}: {rule}")),
    }
}

const fn status_word(status: engine::ProfileStatus) -> &'static str {
    match status {
        engine::ProfileStatus::Active => "ACTIVE",
        engine::ProfileStatus::Inactive => "INACTIVE",
        engine::ProfileStatus::Deprecated => "DEPRECATED",
    }
}
