//! What a request is answered.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use http_body_util::channel::Channel;
use http_body_util::{Either, Full};
use hyper::body::Bytes;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, Response, StatusCode};

use super::reload::Reload;
use super::{mime, policy, reload, resolve};

/// All there is to say at once, or what a page is told over time.
pub(super) type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// The folder that is served.
pub(super) struct Folder {
    pub(super) root: PathBuf,
    pub(super) reload: Option<Arc<Reload>>,
}

impl Folder {
    /// Reads files where it stands: those of a page are few, small, and on this machine.
    pub(super) fn answer(&self, method: &Method, path: &str) -> Response<Body> {
        if !matches!(*method, Method::GET | Method::HEAD) {
            let text = "Only GET and HEAD work here.\n".to_owned();
            return Answer::plain(StatusCode::METHOD_NOT_ALLOWED, text).with_headers(path);
        }
        match &self.reload {
            Some(reload) if path == reload::EVENTS => reload.subscribe(),
            Some(_) | None => self.find(path).with_headers(path),
        }
    }

    fn find(&self, path: &str) -> Answer {
        if self.reload.is_some() && path == reload::SCRIPT_PATH {
            return Answer::found(mime::JAVASCRIPT, reload::SCRIPT.into());
        }
        let Some(file) = resolve::file(&self.root, path) else {
            let text = format!("There is no {path} here.\n");
            return Answer::plain(StatusCode::NOT_FOUND, text);
        };
        let mut content = match fs::read(&file) {
            Ok(content) => content,
            Err(error) => {
                let text = format!("{path} cannot be read: {error}\n");
                return Answer::plain(StatusCode::INTERNAL_SERVER_ERROR, text);
            }
        };
        let kind = mime::of(&file);
        if self.reload.is_some() && kind == mime::HTML {
            content.extend_from_slice(reload::TAG.as_bytes());
        }
        Answer::found(kind, content)
    }
}

struct Answer {
    status: StatusCode,
    kind: &'static str,
    content: Vec<u8>,
}

impl Answer {
    fn found(kind: &'static str, content: Vec<u8>) -> Self {
        Self {
            status: StatusCode::OK,
            kind,
            content,
        }
    }

    fn plain(status: StatusCode, text: String) -> Self {
        Self {
            status,
            kind: mime::TEXT,
            content: text.into_bytes(),
        }
    }

    /// The length is hyper's to tell, as is not to send the content after a HEAD.
    fn with_headers(self, path: &str) -> Response<Body> {
        let mut response = Response::new(Either::Left(Full::from(self.content)));
        *response.status_mut() = self.status;
        let headers = [
            (CONTENT_TYPE, self.kind),
            (CONTENT_SECURITY_POLICY, policy::of(path)),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (CACHE_CONTROL, "no-store"),
            (ALLOW, "GET, HEAD"),
        ];
        let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
        response.headers_mut().extend(headers);
        response
    }
}
