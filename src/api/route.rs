//! Routes: from a method and a URL to an operation of the specification.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use super::oauth::Endpoint;
use super::refusal::Refusal;
use crate::http::Request;

/// The operations of CAMARA QoD v0.10.1 that a server offers, by their `operationId`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Operation {
    /// `POST /sessions`
    CreateSession,
    /// `GET /sessions/{sessionId}`
    GetSession,
    /// `DELETE /sessions/{sessionId}`
    DeleteSession,
    /// `POST /sessions/{sessionId}/extend`
    ExtendQosSessionDuration,
    /// `GET /qos-profiles`
    GetQosProfiles,
    /// `GET /qos-profiles/{name}`
    GetQosProfile,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::CreateSession,
        Self::GetSession,
        Self::DeleteSession,
        Self::ExtendQosSessionDuration,
        Self::GetQosProfiles,
        Self::GetQosProfile,
    ];

    /// Its `operationId`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::CreateSession => "createSession",
            Self::GetSession => "getSession",
            Self::DeleteSession => "deleteSession",
            Self::ExtendQosSessionDuration => "extendQosSessionDuration",
            Self::GetQosProfiles => "getQosProfiles",
            Self::GetQosProfile => "getQosProfile",
        }
    }
}

/// What a permission is needed for; a token has scopes for some of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Create and extend sessions.
    Write,
    /// Read sessions.
    Read,
    /// Delete sessions.
    Delete,
    /// Read profiles: any valid token may.
    Profiles,
}

/// What a request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// An operation of the API.
    Operation(Operation),
    /// The authorization server.
    Authorization(Endpoint),
    /// What the resource allows: its methods.
    Options(Vec<&'static str>),
}

/// What a request is for, and what its URL says besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// What is asked for.
    pub action: Action,
    /// Origin and path up to and with `/qod/v0`; that of the authorization server without it.
    pub base: String,
    /// The path's parameter, decoded; empty where the operation has none.
    pub parameter: String,
    /// The query, without `?`.
    pub query: String,
}

/// The path that every QoD v0 address has after its origin and prefix.
const API: &str = "/qod/v0";

impl Route {
    /// Finds the operation.
    ///
    /// # Errors
    /// The path is none of the API's, or does not take the method.
    pub fn of(request: &Request) -> Result<Self, Refusal> {
        let url = absolute(&request.url);
        let url = url.split_once('#').map_or(url.as_ref(), |(url, _)| url);
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let path = path_of(address);
        let unknown = || Refusal::UnknownRoute {
            path: path.to_owned(),
        };
        let (base, action, parameter) = match path.split(API).skip(1).last() {
            Some(path) => {
                let base = address.strip_suffix(path).unwrap_or(address);
                let (operations, parameter) = resource(path).ok_or_else(unknown)?;
                let actions = operations.iter().copied().map(Action::Operation);
                (base, chosen(actions, &request.method)?, parameter)
            }
            None => {
                let endpoint = |(endpoint, path)| Some((endpoint, address.strip_suffix(path)?));
                let (endpoint, base) = Endpoint::ALL
                    .into_iter()
                    .find_map(endpoint)
                    .ok_or_else(unknown)?;
                let actions = std::iter::once(Action::Authorization(endpoint));
                (base, chosen(actions, &request.method)?, String::new())
            }
        };
        Ok(Self {
            action,
            base: without_user(base),
            parameter,
            query: query.to_owned(),
        })
    }

    /// A parameter of the query, decoded.
    pub fn query(&self, name: &str) -> Option<Cow<'_, str>> {
        form_urlencoded::parse(self.query.as_bytes())
            .find_map(|(key, value)| (key == name).then_some(value))
    }
}

/// An address without the user in it: it is handed on, to receivers too.
fn without_user(address: &str) -> String {
    let parts = address.split_once("://").map(|(scheme, rest)| {
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        (scheme, authority.rsplit_once('@'), path)
    });
    match parts {
        Some((scheme, Some((_, host)), path)) => format!("{scheme}://{host}{path}"),
        Some((_, None, _)) | None => address.to_owned(),
    }
}

/// The operations of a path after `/qod/v0`, and its parameter.
fn resource(path: &str) -> Option<(&'static [Operation], String)> {
    let mut segments = path.strip_prefix('/')?.split('/').map(decoded);
    let (first, parameter) = (segments.next()?, segments.next());
    let (last, more) = (segments.next(), segments.next());
    let segments = (first.as_ref(), parameter.as_deref(), last.as_deref(), more);
    let operations = match segments {
        ("sessions", None, None, None) => &[Operation::CreateSession][..],
        ("sessions", Some(id), None, None) if !id.is_empty() => {
            &[Operation::GetSession, Operation::DeleteSession][..]
        }
        ("sessions", Some(id), Some("extend"), None) if !id.is_empty() => {
            &[Operation::ExtendQosSessionDuration][..]
        }
        ("qos-profiles", None, None, None) => &[Operation::GetQosProfiles][..],
        ("qos-profiles", Some(name), None, None) if !name.is_empty() => {
            &[Operation::GetQosProfile][..]
        }
        _ => return None,
    };
    Some((operations, parameter.unwrap_or_default().into_owned()))
}

/// The action of that method; HEAD asks for what GET does.
fn chosen(
    mut actions: impl Iterator<Item = Action> + Clone,
    method: &str,
) -> Result<Action, Refusal> {
    let wanted = if method == "HEAD" { "GET" } else { method };
    let all = actions.clone();
    if let Some(action) = actions.find(|action| action.method() == wanted) {
        return Ok(action);
    }
    let mut allow = Vec::new();
    for action in all {
        allow.push(action.method());
        if action.method() == "GET" {
            allow.push("HEAD");
        }
    }
    allow.push("OPTIONS");
    if method == "OPTIONS" {
        return Ok(Action::Options(allow));
    }
    Err(Refusal::MethodNotAllowed {
        method: method.to_owned(),
        allow,
    })
}

impl Action {
    const fn method(&self) -> &'static str {
        match self {
            Self::Operation(operation) => operation.method(),
            Self::Authorization(endpoint) => endpoint.method(),
            Self::Options(_) => "OPTIONS",
        }
    }

    /// The operation of the API, if it is one.
    pub const fn operation(&self) -> Option<Operation> {
        match self {
            Self::Operation(operation) => Some(*operation),
            Self::Authorization(_) | Self::Options(_) => None,
        }
    }
}

impl Operation {
    /// Its method.
    pub const fn method(self) -> &'static str {
        match self {
            Self::CreateSession | Self::ExtendQosSessionDuration => "POST",
            Self::GetSession | Self::GetQosProfiles | Self::GetQosProfile => "GET",
            Self::DeleteSession => "DELETE",
        }
    }

    /// What a token must permit.
    pub const fn access(self) -> Access {
        match self {
            Self::CreateSession | Self::ExtendQosSessionDuration => Access::Write,
            Self::GetSession => Access::Read,
            Self::DeleteSession => Access::Delete,
            Self::GetQosProfiles | Self::GetQosProfile => Access::Profiles,
        }
    }
}

/// A URL as it stands, or against [`Request::BASE`].
fn absolute(url: &str) -> Cow<'_, str> {
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    if !scheme.is_empty() && !scheme.contains(['/', '?', '#']) {
        Cow::Borrowed(url)
    } else if url.starts_with("//") {
        Cow::Owned(format!("https:{url}"))
    } else {
        Cow::Owned(format!("{}/{}", Request::BASE, url.trim_start_matches('/')))
    }
}

fn path_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/')
        .map_or("/", |at| rest.get(at..).unwrap_or("/"))
}

fn decoded(segment: &str) -> Cow<'_, str> {
    percent_decode_str(segment).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_under_any_origin_and_prefix() {
        let cases = [
            ("POST", "sessions", Operation::CreateSession, ""),
            ("GET", "sessions/a%20b", Operation::GetSession, "a b"),
            (
                "DELETE",
                "sessions/abc?x=1#y",
                Operation::DeleteSession,
                "abc",
            ),
            (
                "POST",
                "sessions/abc/extend",
                Operation::ExtendQosSessionDuration,
                "abc",
            ),
            (
                "GET",
                "qos-profiles?name=QOS_E",
                Operation::GetQosProfiles,
                "",
            ),
            (
                "GET",
                "qos-profiles/QOS_E",
                Operation::GetQosProfile,
                "QOS_E",
            ),
        ];
        for root in [
            "https://api.example.com/some/path/qod/v0",
            "/qod/v0",
            "qod/v0",
        ] {
            for (method, path, operation, parameter) in cases {
                let route = Route::of(&Request::new(method, &format!("{root}/{path}"))).unwrap();
                assert_eq!(route.action, Action::Operation(operation));
                assert_eq!(route.parameter, parameter);
                assert!(route.base.ends_with(root), "{}", route.base);
                assert!(route.base.starts_with("https://"), "{}", route.base);
            }
        }
    }

    #[test]
    fn other_paths_are_unknown() {
        for path in [
            "/",
            "/qod/v1/sessions",
            "/qod/v0",
            "/qod/v0/",
            "/qod/v0x/sessions",
            "/qod/v0/sessions/",
            "/qod/v0/sessions//extend",
            "/qod/v0/sessions/a/b",
            "nonsense",
            "",
            "https://a",
        ] {
            let refusal = Route::of(&Request::new("GET", path)).unwrap_err();
            assert!(
                matches!(refusal, Refusal::UnknownRoute { .. }),
                "{path}: {refusal:?}"
            );
        }
    }

    #[test]
    fn the_authorization_server_stands_beside_the_api() {
        for (url, action, base) in [
            (
                "https://a.example/some/token",
                Endpoint::Token,
                "https://a.example/some",
            ),
            (
                "https://me:secret@a.example/@b/token",
                Endpoint::Token,
                "https://a.example/@b",
            ),
            (
                "/bc-authorize",
                Endpoint::BackchannelAuthorize,
                "https://sandbox.example",
            ),
            (
                "/authorize?x=/qod/v0",
                Endpoint::Authorize,
                "https://sandbox.example",
            ),
            (
                "/.well-known/openid-configuration",
                Endpoint::Configuration,
                "https://sandbox.example",
            ),
        ] {
            let route = Route::of(&Request::new(action.method(), url)).unwrap();
            assert_eq!(route.action, Action::Authorization(action));
            assert_eq!(route.base, base);
        }
    }

    #[test]
    fn other_methods_are_told_which_are_allowed() {
        let refusal = Route::of(&Request::new("PUT", "/qod/v0/sessions/a")).unwrap_err();
        let Refusal::MethodNotAllowed { allow, .. } = refusal else {
            panic!("{refusal:?}")
        };
        assert_eq!(allow, ["GET", "HEAD", "DELETE", "OPTIONS"]);
    }
}
