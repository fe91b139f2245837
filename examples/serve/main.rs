//! The API on a port of this machine, on the machine's clock, for clients that need a port.
//!
//! ```sh
//! cargo run --example serve --features tower -- --port 8080 --scenario terminated-after-10s
//! ```
//!
//! Each request, and whatever happens by itself, is a line of the standard output. Webhooks are
//! posted only with `--deliver`: without it nothing leaves the process but answers.

use std::io::Write as _;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use clap::Parser as _;
use qod_sandbox::driver::WallClock;
use qod_sandbox::service::SandboxService;
use qod_sandbox::{MOCK_ACCESS_TOKEN, Output, Sandbox, Settings};
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedReceiver;

mod deliver;
mod lines;
mod options;

use deliver::deliver;
use options::Options;

fn main() -> ExitCode {
    let options = Options::parse();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let ended = runtime
        .map_err(|error| error.to_string())
        .and_then(|runtime| {
            let ended = runtime.block_on(run(&options));
            // A receiver that takes its time is not waited for.
            runtime.shutdown_background();
            ended
        });
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: &Options) -> Result<(), String> {
    let port = options.port;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener = listener.map_err(|error| {
        format!("port {port} of 127.0.0.1 is not to be had ({error}): choose another with --port, or 0 for any")
    })?;
    let clock = Arc::new(WallClock::new(options.speed));
    let start = options.start(clock.now());
    let hands = clock.clone();
    let speed = options.speed.factor();
    let service = SandboxService::new(Sandbox::new(&start), move || hands.now())
        .waiting_with(move |delay| tokio::time::sleep(delay / speed));
    let (tell, told) = tokio::sync::mpsc::unbounded_channel();
    service.listen(move |output| {
        // At the end nobody hears of it any more.
        let _ = tell.send(output);
    });

    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let app = Router::new().fallback_service(service.clone());
    let live = async {
        line(&format!(
            "Serving on http://{address}/qod/v0 with seed {}",
            start.seed
        ));
        line(&introduction(&start.settings));
        live(&service, &clock, told).await;
    };
    tokio::select! {
        // From top to bottom: once it says that it serves, it does, and can be interrupted.
        biased;
        asked = tokio::signal::ctrl_c() => asked.map_err(|error| error.to_string()),
        served = axum::serve(listener, app) => served.map_err(|error| error.to_string()),
        () = live => Ok(()),
    }
}

/// Lets things happen when they are due, and shows and delivers what does.
async fn live(service: &SandboxService, clock: &WallClock, mut told: UnboundedReceiver<Output>) {
    loop {
        let next = service.sandbox().poll_timeout();
        let due = async {
            match next {
                Some((at, ..)) => tokio::time::sleep(clock.delay(at)).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = due => {}
            output = told.recv() => {
                let Some(output) = output else { return };
                if let Some(text) = lines::of(&output) {
                    line(&text);
                }
                if let Output::Deliver(dispatch) = output {
                    deliver(service, dispatch);
                }
            }
        }
    }
}

fn introduction(settings: &Settings) -> String {
    match settings.auth {
        qod_sandbox::Auth::Required => {
            format!("Requests need the header: Authorization: Bearer {MOCK_ACCESS_TOKEN}")
        }
        qod_sandbox::Auth::Off => "Requests need no token".to_owned(),
    }
}

/// Flushed, for whoever reads it through a pipe. One that was closed is no reason to end.
fn line(text: &str) {
    let mut output = std::io::stdout().lock();
    let _ = writeln!(output, "{text}").and_then(|()| output.flush());
}
