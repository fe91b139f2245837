//! A web server for one folder, for this machine only.

use std::io::{Cursor, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::{fs, thread};

use anyhow::{Context as _, Result, anyhow, bail};
use tiny_http::{Header, Method, Request, Response, StatusCode};

pub(crate) use reload::Reload;

mod mime;
mod policy;
mod reload;
mod resolve;

/// Enough for the connections that one page opens at once.
const WORKERS: usize = 8;

/// Takes a port of the loopback interface; 0 takes any that is free.
///
/// Apart from [`Server::start`] so that a port in use is known before the build, not after it.
pub(crate) fn listen(port: u16) -> Result<TcpListener> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!("port {port} is in use: stop what runs there, or choose another with `--port`")
        }
        Err(error) => Err(error).with_context(|| format!("cannot listen on port {port}")),
    }
}

/// A running server. It runs until the process ends.
pub(crate) struct Server {
    port: u16,
}

struct Folder {
    root: PathBuf,
    reload: Option<Arc<Reload>>,
}

impl Server {
    /// Serves a folder; with `reload`, its pages reload themselves when told.
    pub(crate) fn start(
        listener: TcpListener,
        root: PathBuf,
        reload: Option<Arc<Reload>>,
    ) -> Result<Self> {
        let port = listener.local_addr()?.port();
        let http =
            tiny_http::Server::from_listener(listener, None).map_err(|error| anyhow!(error))?;
        let http = Arc::new(http);
        let folder = Arc::new(Folder { root, reload });
        for _ in 0..WORKERS {
            let (http, folder) = (Arc::clone(&http), Arc::clone(&folder));
            thread::spawn(move || {
                for request in http.incoming_requests() {
                    folder.answer(request);
                }
            });
        }
        Ok(Self { port })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

impl Folder {
    fn answer(&self, request: Request) {
        let path = resolve::path_of(request.url()).to_owned();
        if let Some(reload) = &self.reload
            && path == reload::EVENTS
        {
            return reload.subscribe(request);
        }
        let answer = if matches!(request.method(), Method::Get | Method::Head) {
            self.find(&path)
        } else {
            Answer::plain(405, "Only GET and HEAD work here.\n".to_owned())
        };
        // The browser may be gone by now: that is its right.
        let _ = request.respond(answer.with_headers(&path));
    }

    fn find(&self, path: &str) -> Answer {
        if self.reload.is_some() && path == reload::SCRIPT_PATH {
            return Answer::found(mime::JAVASCRIPT, reload::SCRIPT.into());
        }
        let Some(file) = resolve::file(&self.root, path) else {
            return Answer::plain(404, format!("There is no {path} here.\n"));
        };
        let mut content = match fs::read(&file) {
            Ok(content) => content,
            Err(error) => return Answer::plain(500, format!("{path} cannot be read: {error}\n")),
        };
        let kind = mime::of(&file);
        if self.reload.is_some() && kind == mime::HTML {
            content.extend_from_slice(reload::TAG.as_bytes());
        }
        Answer::found(kind, content)
    }
}

struct Answer {
    status: u16,
    kind: &'static str,
    content: Vec<u8>,
}

impl Answer {
    fn found(kind: &'static str, content: Vec<u8>) -> Self {
        Self {
            status: 200,
            kind,
            content,
        }
    }

    fn plain(status: u16, text: String) -> Self {
        Self {
            status,
            kind: mime::TEXT,
            content: text.into_bytes(),
        }
    }

    fn with_headers(self, path: &str) -> Response<Cursor<Vec<u8>>> {
        let headers = [
            ("Content-Type", self.kind),
            ("Content-Security-Policy", policy::of(path)),
            ("X-Content-Type-Options", "nosniff"),
            ("Access-Control-Allow-Origin", "*"),
            ("Cache-Control", "no-store"),
            ("Allow", "GET, HEAD"),
        ];
        headers
            .into_iter()
            .filter_map(|(name, value)| Header::from_bytes(name, value).ok())
            .fold(Response::from_data(self.content), Response::with_header)
            .with_status_code(StatusCode(self.status))
            // Never chunked, so that a length is always told.
            .with_chunked_threshold(usize::MAX)
    }
}

#[cfg(test)]
mod tests;
