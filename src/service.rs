//! The sandbox as a service of tower: for axum, hyper, and tests that call it in process.

use std::convert::Infallible;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tower_service::Service;

use crate::sandbox::{Input, Output, Reply, Sandbox};
use crate::time::Instant;

mod body;
mod message;

pub use body::ResponseBody;

/// A sandbox that answers requests of the crate `http`. Clones are handles on the same one.
///
/// ```
/// use std::time::Duration;
///
/// use qod_sandbox::driver::ManualClock;
/// use qod_sandbox::service::SandboxService;
/// use qod_sandbox::{Auth, Instant, Options, Sandbox, Setting};
/// use tower::ServiceExt as _;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let clock = ManualClock::new(Instant::parse_rfc3339("2026-01-01T00:00:00Z").unwrap());
/// let sandbox = Sandbox::new(&Options::new(1, clock.now()));
/// let hands = clock.clone();
/// let service = SandboxService::new(sandbox, move || hands.now());
/// service.sandbox().configure(clock.now(), Setting::Auth(Auth::Off));
///
/// let request = http::Request::post("http://operator.example/qod/v0/sessions")
///     .header("content-type", "application/json")
///     .body(r#"{
///         "device": { "phoneNumber": "+34600000001" },
///         "applicationServer": { "ipv4Address": "198.51.100.10" },
///         "qosProfile": "QOS_E"
///     }"#.to_owned())
///     .unwrap();
/// let response = service.clone().oneshot(request).await.unwrap();
/// assert_eq!(response.status(), 201);
///
/// clock.advance(Duration::from_secs(2));
/// assert_eq!(service.sandbox().notifications().count(), 1); // AVAILABLE
/// # }
/// ```
///
/// As a server, with axum: `Router::new().fallback_service(service)`. Requests are answered under
/// any prefix before `/qod/v0`; one that axum's `nest_service` takes away is missing from `Location`.
///
/// # Time
/// The sandbox asks the clock that it was given whenever it is looked at: by a request, or through
/// [`SandboxService::sandbox`]. What is due by then happens first, each at its own time. Nothing
/// happens in between: whoever wants to hear of things when they are due looks then, as
/// `examples/serve` does.
///
/// # Faults
/// Each response has the `Arc<`[`Exchange`](crate::sandbox::Exchange)`>` that it belongs to in its
/// extensions: what was explained, and how much later than now the answer is due.
///
/// * *Latency*: the answer comes at once, unless [`SandboxService::waiting_with`] says how to wait.
/// * *A failing connection*: the response's body fails with
///   [`ConnectionReset`](std::io::ErrorKind::ConnectionReset). hyper and axum then close the
///   connection without a byte of an answer, which is what the client sees. Who calls in process
///   and does not read the body sees the status 502.
///
/// # Bodies
/// No more of a request's body is read than
/// [`Limits::body_bytes`](crate::sandbox::Limits::body_bytes) and one byte: more is answered 413.
#[derive(Clone)]
pub struct SandboxService {
    shared: Arc<Shared>,
    wait: Option<Arc<Wait>>,
}

struct Shared {
    clock: Box<dyn Fn() -> Instant + Send + Sync>,
    inner: Mutex<Inner>,
}

struct Inner {
    sandbox: Sandbox,
    listener: Option<Box<dyn FnMut(Output) + Send>>,
}

type Wait = dyn Fn(Duration) -> Boxed<()> + Send + Sync;

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

impl SandboxService {
    /// A service that answers for `sandbox`, at the times that `clock` tells. A time before that of
    /// an earlier look counts as the latest so far.
    pub fn new(sandbox: Sandbox, clock: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self {
            shared: Arc::new(Shared {
                clock: Box::new(clock),
                inner: Mutex::new(Inner {
                    sandbox,
                    listener: None,
                }),
            }),
            wait: None,
        }
    }

    /// The same, whose late answers wait: `wait` is handed how long, in the sandbox's time.
    ///
    /// `tokio::time::sleep` will do, or, for a clock that runs at a speed,
    /// `move |delay| tokio::time::sleep(delay / speed)`.
    #[must_use]
    pub fn waiting_with<F>(mut self, wait: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.wait = Some(Arc::new(move |delay| Box::pin(wait(delay))));
        self
    }

    /// Has `listener` called with whatever happens from now on, in order, in the place of whoever
    /// listened before. Where no one listens, outputs are dropped; records stay.
    ///
    /// The sandbox is locked while it runs: it must not use the service, but hand on what it heard,
    /// as through a channel.
    pub fn listen(&self, listener: impl FnMut(Output) + Send + 'static) {
        self.sandbox().inner.listener = Some(Box::new(listener));
    }

    /// The sandbox, for one to look at it or to do something to it: caught up with the clock, and
    /// locked until what is returned is dropped. [`Sandbox::now`] is the time that it is.
    ///
    /// Its outputs go to the listener when it is dropped, unless they are polled before that.
    pub fn sandbox(&self) -> Locked<'_> {
        // Who panics while it is locked, as a test does that fails, has not broken the sandbox.
        let inner = self.shared.inner.lock();
        let mut inner = inner.unwrap_or_else(PoisonError::into_inner);
        let now = (self.shared.clock)();
        inner.sandbox.handle_timeout(now);
        Locked { inner }
    }

    async fn answer<B>(&self, request: http::Request<B>) -> http::Response<ResponseBody>
    where
        B: http_body::Body,
    {
        let limit = self.sandbox().settings().limits.body_bytes;
        let (head, body) = request.into_parts();
        let Ok(body) = body::read(body, limit).await else {
            // It broke off on its way: there is no one to be answered, most likely.
            return message::bad_request();
        };
        let input = Input::Request(Arc::new(message::request(&head, body)));
        let reply = {
            let mut sandbox = self.sandbox();
            let now = sandbox.now();
            sandbox.handle(now, input)
        };
        // No request is declined.
        let Ok(Reply::Exchange(exchange)) = reply else {
            return message::bad_request();
        };
        if let Some(wait) = self.wait.as_ref().filter(|_| !exchange.delay.is_zero()) {
            wait(exchange.delay).await;
        }
        message::response(exchange)
    }
}

impl<B> Service<http::Request<B>> for SandboxService
where
    B: http_body::Body + Send + 'static,
    B::Data: Send,
{
    type Response = http::Response<ResponseBody>;
    type Error = Infallible;
    type Future = Boxed<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let service = self.clone();
        Box::pin(async move { Ok(service.answer(request).await) })
    }
}

impl fmt::Debug for SandboxService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxService").finish_non_exhaustive()
    }
}

/// The sandbox of a [`SandboxService`], locked. Keep it no longer than needed: requests wait.
pub struct Locked<'a> {
    inner: MutexGuard<'a, Inner>,
}

impl Deref for Locked<'_> {
    type Target = Sandbox;

    fn deref(&self) -> &Sandbox {
        &self.inner.sandbox
    }
}

impl DerefMut for Locked<'_> {
    fn deref_mut(&mut self) -> &mut Sandbox {
        &mut self.inner.sandbox
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        let Inner { sandbox, listener } = &mut *self.inner;
        while let Some(output) = sandbox.poll_output() {
            if let Some(listener) = listener {
                listener(output);
            }
        }
    }
}

impl fmt::Debug for Locked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.sandbox.fmt(f)
    }
}
