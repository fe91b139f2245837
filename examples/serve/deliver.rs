//! Real POSTs to webhooks: the only place from which something leaves the process by itself.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use qod_sandbox::sandbox::{Dispatch, Reception};
use qod_sandbox::service::SandboxService;
use qod_sandbox::{Input, Request};
use ureq::Agent;

/// Longer than the sandbox waits: what takes too long is for it to say.
const LONGEST: Duration = Duration::from_secs(20);

/// Posts a notification, and tells the sandbox what came of it.
pub(crate) fn deliver(service: &SandboxService, dispatch: Dispatch) {
    let service = service.clone();
    tokio::task::spawn_blocking(move || {
        let Dispatch {
            run, id, request, ..
        } = dispatch;
        let reception = post(&request);
        let mut sandbox = service.sandbox();
        let now = sandbox.now();
        // One that came too late is dropped, not declined.
        let _ = sandbox.handle(now, Input::Received(run, id, reception));
    });
}

/// Without credentials and without following redirects, as the page does it.
fn post(request: &Arc<Request>) -> Reception {
    let local = match allowed(&request.url) {
        Ok(local) => local,
        Err(reason) => return Reception::Failed(reason),
    };
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(LONGEST))
        .user_agent("qod-sandbox");
    if local {
        config = config.proxy(None);
    }
    let mut post = Agent::from(config.build()).post(&request.url);
    for (name, value) in request.headers.iter() {
        post = post.header(name, value);
    }
    match post.send(&request.body[..]) {
        Ok(answer) => Reception::Answered(answer.status().as_u16()),
        Err(error) => Reception::Failed(format!("the receiver could not be reached ({error})")),
    }
}

/// Whether a URL may be posted to, and whether it is on this machine.
fn allowed(url: &str) -> Result<bool, String> {
    let uri: Uri = url
        .parse()
        .map_err(|error| format!("not a URL to post to: {error}"))?;
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    if authority.contains('@') {
        return Err("a URL with a user or a password in it is not posted to".to_owned());
    }
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let local = host == "localhost"
        || host.ends_with(".localhost")
        || address.is_ok_and(|address| address.is_loopback());
    match uri.scheme_str() {
        Some("https") => Ok(local),
        Some("http") if local => Ok(true),
        _ => Err(
            "over http, only this machine is posted to (localhost, 127.0.0.1, [::1]): use https"
                .to_owned(),
        ),
    }
}
