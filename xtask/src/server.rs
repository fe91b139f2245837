//! A web server for one folder, for this machine only.
//!
//! All connections share one thread, and none of them ever holds it while it waits: a browser that
//! keeps six connections open, idle or not, delays nobody.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use http_body_util::BodyExt as _;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::runtime;

use answer::Folder;
pub(crate) use reload::Reload;

mod answer;
mod mime;
mod policy;
mod reload;
mod resolve;

/// How long to leave a system alone that has just refused a connection.
const PAUSE: Duration = Duration::from_millis(20);

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

impl Server {
    /// Serves a folder; with `reload`, its pages reload themselves when told.
    pub(crate) fn start(
        listener: TcpListener,
        root: PathBuf,
        reload: Option<Arc<Reload>>,
    ) -> Result<Self> {
        let port = listener.local_addr()?.port();
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        // Here rather than on the thread: an error still has someone to hear it.
        let listener = {
            let _inside = runtime.enter();
            listener.set_nonblocking(true)?;
            tokio::net::TcpListener::from_std(listener)?
        };
        let folder = Arc::new(Folder { root, reload });
        thread::Builder::new()
            .name("server".to_owned())
            .spawn(move || runtime.block_on(accept(listener, folder)))?;
        Ok(Self { port })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }
}

async fn accept(listener: tokio::net::TcpListener, folder: Arc<Folder>) {
    loop {
        match listener.accept().await {
            Ok((connection, _)) => {
                tokio::spawn(converse(connection, Arc::clone(&folder)));
            }
            // Too many open files, most likely: to ask again at once would only keep it busy.
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// Answers one request of a connection after the other, for as long as the browser keeps it.
async fn converse(connection: TcpStream, folder: Arc<Folder>) {
    // Only a matter of speed: the end of a file need not wait for the browser's word on its start.
    let _ = connection.set_nodelay(true);
    let service = service_fn(|mut request: Request<Incoming>| {
        let folder = &folder;
        async move {
            forget_body(&mut request).await;
            let answer = folder.answer(request.method(), request.uri().path());
            Ok::<_, Infallible>(answer)
        }
    });
    // The browser may be gone by now: that is its right.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(connection), service)
        .await;
}

/// Nothing here takes a body, but one that is left unread would cost the connection, and with it
/// perhaps the answer that says so.
async fn forget_body(request: &mut Request<Incoming>) {
    while let Some(Ok(_)) = request.body_mut().frame().await {}
}

#[cfg(test)]
mod tests;
