//! The sandbox as a service of tower: called in process, and by axum behind a socket.
#![cfg(all(not(target_arch = "wasm32"), feature = "tower"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod common;

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use common::{START, lasting, minimal, with};
use http_body_util::{BodyExt as _, Full};
use qod_sandbox::driver::ManualClock;
use qod_sandbox::engine::NetworkAct;
use qod_sandbox::sandbox::{Destination, Dispatch, Reception};
use qod_sandbox::service::{ResponseBody, SandboxService};
use qod_sandbox::{
    Answering, Auth, DeliveryPolicy, Exchange, Fault, Input, Limits, MOCK_ACCESS_TOKEN, Options,
    Outcome, Output, Receiver, Sandbox, SessionId, SetAnswer, SetReply, Setting, Settings, Status,
    Target,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

/// A service whose clock is advanced by the test.
fn start(settings: Settings) -> (SandboxService, ManualClock) {
    let clock = ManualClock::new(START);
    let sandbox = Sandbox::new(&Options {
        settings,
        ..Options::new(1, START)
    });
    let hands = clock.clone();
    (SandboxService::new(sandbox, move || hands.now()), clock)
}

fn open() -> (SandboxService, ManualClock) {
    start(Settings {
        auth: Auth::Off,
        ..Settings::default()
    })
}

fn post(path: &str, body: &Value) -> http::Request<Full<Bytes>> {
    http::Request::post(format!("http://operator.example/qod/v0{path}"))
        .header("content-type", "application/json")
        .body(body.to_string().into())
        .unwrap()
}

fn request(method: &str, path: &str) -> http::Request<Full<Bytes>> {
    http::Request::builder()
        .method(method)
        .uri(format!("http://operator.example/qod/v0{path}"))
        .body(Full::default())
        .unwrap()
}

async fn call<B>(
    service: &SandboxService,
    request: http::Request<B>,
) -> http::Response<ResponseBody>
where
    B: http_body::Body + Send + 'static,
    B::Data: Send,
{
    service.clone().oneshot(request).await.unwrap()
}

async fn read(response: http::Response<ResponseBody>) -> Value {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice(&bytes).unwrap()
}

#[tokio::test]
async fn a_session_lives_as_the_test_advances_the_clock() {
    let (service, clock) = open();
    let created = call(&service, post("/sessions", &minimal())).await;
    assert_eq!(created.status(), 201);
    assert_eq!(created.headers()["content-type"], "application/json");
    let location = created.headers()["location"].to_str().unwrap().to_owned();
    let session = read(created).await;
    let id = session["sessionId"].as_str().unwrap();
    let expected = format!("http://operator.example/qod/v0/sessions/{id}");
    assert_eq!(location, expected);

    clock.advance(Duration::from_secs(2));
    let session = read(call(&service, request("GET", &format!("/sessions/{id}"))).await).await;
    assert_eq!(session["qosStatus"], "AVAILABLE");

    let mut sandbox = service.sandbox();
    let (now, id) = (sandbox.now(), SessionId::parse(id).unwrap());
    assert_eq!(now, clock.now());
    sandbox.network(now, id, NetworkAct::Terminate).unwrap();
    let statuses: Vec<_> = (sandbox.notifications().map(|n| n.message.status)).collect();
    assert_eq!(statuses, [Status::Available, Status::Unavailable]);
}

#[tokio::test]
async fn tokens_are_asked_for_and_issued() {
    let (service, _) = start(Settings::default());
    let refused = call(&service, request("GET", "/qos-profiles")).await;
    assert_eq!(refused.status(), 401);
    assert!(refused.headers().contains_key("www-authenticate"));

    let form = "grant_type=client_credentials&client_id=app&client_secret=a-secret";
    let request_token = http::Request::post("http://operator.example/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Full::<Bytes>::from(form))
        .unwrap();
    let issued = read(call(&service, request_token).await).await;
    for token in [issued["access_token"].as_str().unwrap(), MOCK_ACCESS_TOKEN] {
        let mut listed = request("GET", "/qos-profiles");
        let value = format!("Bearer {token}").parse().unwrap();
        listed.headers_mut().insert("authorization", value);
        assert_eq!(call(&service, listed).await.status(), 200, "{token}");
    }
}

#[tokio::test]
async fn head_and_options_answer_without_a_body() {
    let (service, _) = open();
    for (method, status) in [("HEAD", 200), ("OPTIONS", 204)] {
        let mut asked = request(method, "/qos-profiles");
        let headers = asked.headers_mut();
        headers.insert("origin", "https://page.example".parse().unwrap());
        headers.insert("access-control-request-method", "GET".parse().unwrap());
        let answer = call(&service, asked).await;
        assert_eq!(answer.status(), status, "{method}");
        assert_eq!(answer.headers()["access-control-allow-origin"], "*");
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(body.is_empty(), "{method}");
    }
}

/// A body of these chunks, and how many of them were asked for.
struct Chunks<I> {
    chunks: I,
    asked: Arc<AtomicUsize>,
}

impl<I: Iterator<Item = io::Result<&'static [u8]>> + Unpin> http_body::Body for Chunks<I> {
    type Data = &'static [u8];
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<http_body::Frame<&'static [u8]>>>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let chunk = self.chunks.next();
        Poll::Ready(chunk.map(|chunk| chunk.map(http_body::Frame::data)))
    }
}

#[tokio::test]
async fn no_more_of_a_body_is_read_than_shows_that_it_is_too_large() {
    let (service, _) = start(Settings {
        auth: Auth::Off,
        limits: Limits {
            body_bytes: 1_000,
            ..Limits::default()
        },
        ..Settings::default()
    });
    let asked = Arc::new(AtomicUsize::new(0));
    let body = Chunks {
        chunks: std::iter::repeat_with(|| Ok(&[b' '; 100][..])),
        asked: asked.clone(),
    };
    let sent = http::Request::post("http://operator.example/qod/v0/sessions")
        .body(body)
        .unwrap();
    let answer = call(&service, sent).await;
    assert_eq!(answer.status(), 413);
    assert_eq!(asked.load(Ordering::SeqCst), 11);
    let exchange = answer.extensions().get::<Arc<Exchange>>().unwrap();
    assert_eq!(exchange.request.body.len(), 1_001);

    // Of exactly the limit it is read whole, and is no JSON.
    let spaces: &'static [u8] = &[b' '; 1_000];
    let sent = http::Request::post("http://operator.example/qod/v0/sessions");
    let answer = call(&service, sent.body(Full::<Bytes>::from(spaces)).unwrap()).await;
    assert_eq!(answer.status(), 400);
}

#[tokio::test]
async fn a_body_that_breaks_off_does_nothing() {
    let (service, _) = open();
    let end = Err(io::ErrorKind::ConnectionReset.into());
    let body = Chunks {
        chunks: [Ok(&b"{"[..]), end].into_iter(),
        asked: Arc::default(),
    };
    let sent = http::Request::post("http://operator.example/qod/v0/sessions");
    assert_eq!(call(&service, sent.body(body).unwrap()).await.status(), 400);
    assert_eq!(service.sandbox().traffic().count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_late_answer_waits_if_it_is_told_how() {
    let (service, _) = open();
    let slow = || {
        let mut slow = post("/sessions", &minimal());
        let name = "slow-answer".parse().unwrap();
        slow.headers_mut().insert("x-qod-scenario", name);
        slow
    };
    let before = tokio::time::Instant::now();
    let at_once = call(&service, slow()).await;
    let exchange = at_once.extensions().get::<Arc<Exchange>>().unwrap();
    assert_eq!(exchange.delay, Duration::from_secs(5));
    assert_eq!(before.elapsed(), Duration::ZERO);

    let waiting = service.waiting_with(tokio::time::sleep);
    call(&waiting, slow()).await;
    assert_eq!(before.elapsed(), Duration::from_secs(5));
}

#[tokio::test]
async fn what_becomes_of_a_webhook_is_recorded() {
    let (service, clock) = open();
    let mut sandbox = service.sandbox();
    let answer = SetAnswer {
        fail_first: 1,
        ..SetAnswer::always(SetReply::Status(204))
    };
    let (target, answering) = (Target::Any, Answering::Set(answer));
    sandbox.add_receiver(clock.now(), Receiver { target, answering });
    let policy = DeliveryPolicy {
        attempts: 2.try_into().unwrap(),
        ..DeliveryPolicy::default()
    };
    sandbox.configure(clock.now(), Setting::Delivery(policy));
    drop(sandbox);
    call(&service, post("/sessions", &lasting(60))).await;
    clock.advance(Duration::from_secs(3));
    let sandbox = service.sandbox();
    let told = sandbox.notifications().next().unwrap();
    let outcomes: Vec<_> = (told.deliveries.iter().map(|made| made.outcome)).collect();
    assert_eq!(outcomes, [Outcome::Refused, Outcome::Delivered]);
}

#[tokio::test]
async fn a_listener_is_handed_deliveries_to_the_network() {
    let (service, clock) = open();
    let policy = DeliveryPolicy {
        to: Destination::Network,
        ..DeliveryPolicy::default()
    };
    let now = clock.now();
    service.sandbox().configure(now, Setting::Delivery(policy));
    let (heard, hears) = mpsc::channel();
    service.listen(move |output| heard.send(output).unwrap());
    call(&service, post("/sessions", &lasting(60))).await;
    let now = clock.advance(Duration::from_secs(2));
    drop(service.sandbox());
    let dispatch = hears.try_iter().find_map(|output| {
        if let Output::Deliver(dispatch) = output {
            Some(dispatch)
        } else {
            None
        }
    });
    let Dispatch {
        run, id, request, ..
    } = dispatch.unwrap();
    assert_eq!(request.url, "https://a.example/hook");
    let input = Input::Received(run, id, Reception::Answered(200));
    service.sandbox().handle(now, input).unwrap();
    let sandbox = service.sandbox();
    let told = sandbox.notifications().next().unwrap();
    assert_eq!(told.deliveries[0].outcome, Outcome::Delivered);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_at_the_same_time_are_all_answered_and_none_twice() {
    let (service, _) = open();
    let tasks: Vec<_> = (0..100)
        .map(|number| {
            let service = service.clone();
            let phone = json!({ "device": { "phoneNumber": format!("+346000001{number:02}") } });
            tokio::spawn(async move {
                let created = call(&service, post("/sessions", &with(minimal(), &phone))).await;
                assert_eq!(created.status(), 201);
                read(created).await["sessionId"]
                    .as_str()
                    .unwrap()
                    .to_owned()
            })
        })
        .collect();
    let mut ids = Vec::new();
    for task in tasks {
        ids.push(task.await.unwrap());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 100);
    assert_eq!(service.sandbox().live(), 100);
}

#[tokio::test]
async fn a_test_that_fails_while_it_looks_leaves_the_service_in_order() {
    let (service, _) = open();
    let looking = service.clone();
    let failed = std::thread::spawn(move || {
        let _sandbox = looking.sandbox();
        panic!("an assertion");
    });
    failed.join().unwrap_err();
    assert_eq!(
        call(&service, request("GET", "/qos-profiles"))
            .await
            .status(),
        200
    );
}

#[test]
fn it_can_be_handed_around() {
    fn assert_is<T: Clone + Send + Sync + 'static>() {}
    assert_is::<SandboxService>();
}

/// The service behind a port of this machine.
async fn serve(service: &SandboxService) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().fallback_service(service.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// All that comes back for what is sent, until the connection ends.
async fn exchange(address: SocketAddr, sent: String) -> String {
    let talk = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(sent.as_bytes()).unwrap();
        let mut received = String::new();
        stream.read_to_string(&mut received).unwrap();
        received
    };
    tokio::task::spawn_blocking(talk).await.unwrap()
}

#[tokio::test]
async fn behind_a_socket_it_is_a_server_whose_time_is_the_tests() {
    let (service, clock) = open();
    let address = serve(&service).await;
    let body = minimal().to_string();
    let length = body.len();
    let created = exchange(
        address,
        format!(
            "POST /operator/qod/v0/sessions HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        ),
    )
    .await;
    assert!(created.starts_with("HTTP/1.1 201 "), "{created}");
    let location = created
        .lines()
        .find_map(|line| line.strip_prefix("location: "))
        .unwrap();
    let path = location.strip_prefix(&format!("http://{address}")).unwrap();
    assert!(path.starts_with("/operator/qod/v0/sessions/"), "{location}");

    clock.advance(Duration::from_secs(2));
    let ask = |method| {
        format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")
    };
    let got = exchange(address, ask("GET")).await;
    assert!(got.contains(r#""qosStatus":"AVAILABLE""#), "{got}");
    let head = exchange(address, ask("HEAD")).await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    assert!(head.ends_with("\r\n\r\n"), "{head}");
}

#[tokio::test]
async fn behind_a_socket_a_huge_body_is_answered_before_it_has_come() {
    let (service, _) = open();
    let address = serve(&service).await;
    let sent = " ".repeat(Limits::default().body_bytes + 1);
    let answer = exchange(
        address,
        format!(
            "POST /qod/v0/sessions HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
             content-length: 10000000000\r\n\r\n{sent}"
        ),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[tokio::test]
async fn behind_a_socket_a_failing_connection_ends_without_an_answer() {
    let (service, clock) = open();
    let fault = Fault {
        network_error: true,
        times: Some(2),
        ..Fault::default()
    };
    service.sandbox().add_fault(clock.now(), fault);
    let address = serve(&service).await;
    let get = format!("GET /qod/v0/qos-profiles HTTP/1.1\r\nhost: {address}\r\n\r\n");
    assert_eq!(exchange(address, get).await, "");

    // In process there is no connection: the body fails, and the status is none of success.
    let lost = call(&service, request("GET", "/qos-profiles")).await;
    assert_eq!(lost.status(), 502);
    assert!(lost.extensions().get::<Arc<Exchange>>().unwrap().is_lost());
    let error = lost.into_body().collect().await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    assert_eq!(
        call(&service, request("GET", "/qos-profiles"))
            .await
            .status(),
        200
    );
}
