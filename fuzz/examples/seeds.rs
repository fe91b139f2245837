//! Writes what the targets begin with, into `corpus/`: bodies, URLs, options, snapshots that are in order.
//!
//! To be run again when a snapshot has another content: `cargo run --example seeds`.

use std::fs;
use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use qod_sandbox::{Request, Sandbox, Scenario, Setting};
use qod_sandbox_fuzz::{START, new_sandbox};

const BODIES: [&str; 6] = [
    r#"{"device":{"ipv4Address":{"publicAddress":"203.0.113.25","publicPort":8080}},"applicationServer":{"ipv4Address":"198.51.100.10"},"applicationServerPorts":{"ports":[443]},"qosProfile":"QOS_E","duration":3600,"webhook":{"notificationUrl":"https://application-server.com/notifications","notificationAuthToken":"c8974e592c2fa383d4a3960714"}}"#,
    r#"{"device":{"phoneNumber":"+34600000001"},"applicationServer":{"ipv4Address":"198.51.100.0/24","ipv6Address":"2001:db8::/32"},"devicePorts":{"ranges":[{"from":5010,"to":5020}],"ports":[5060]},"qosProfile":"QOS_L"}"#,
    r#"{"device":{"networkAccessIdentifier":"1@a.example","ipv6Address":"2001:db8:85a3::1"},"applicationServer":{"ipv6Address":"::/0"},"qosProfile":"BURST_UPLOAD","duration":30}"#,
    r#"{"device":{"ipv4Address":{"publicAddress":"203.0.113.25","publicPort":8080},"applicationServer":{"ipv4Address":"0.0.0.0/0"},"qosProfile":"QOS_E","duration":300}}"#,
    r#"{"device":{},"applicationServer":{},"devicePorts":{"ranges":[{"from":9,"to":8}]},"qosProfile":"Q","duration":86401.5}"#,
    r#"{"device":{"phoneNumber":600,"ipv4Address":"1.2.3.4"},"applicationServer":"a.example","qosProfile":null,"webhook":"https://a.example","duration":"1h"}"#,
];

const URLS: [&str; 5] = [
    "https://sandbox.opengateway.telefonica.com/apigateway/ogw/qod/v0/sessions",
    "/qod/v0/qos-profiles?name=QOS_E&status=ACTIVE",
    "/qod/v0/sessions/f81d4fae-7dec-11d0-a765-00a0c91e6bf6/extend",
    "https://user:secret@[2001:db8::1]:8443/authorize?response_type=code&redirect_uri=https%3A%2F%2Fa.example&state=1#x",
    "HTTP://A.EXAMPLE:80/%7Ehook",
];

const OPTIONS: [&str; 3] = [
    r#"[{"name":"QOS_X","status":"ACTIVE","maxUpstreamRate":{"value":10,"unit":"Mbps"},"minDuration":{"value":1,"unit":"Minutes"},"jitter":{"value":5,"unit":"Milliseconds"},"priority":20,"packetErrorLossRate":3}]"#,
    r#"{"phoneNumber":"+34600000002","ipv4Address":{"publicAddress":"203.0.113.9","privateAddress":"10.0.0.9","publicPort":9},"unsupported":true}"#,
    r#"{"networkAccessIdentifier":"2@a.example","ipv6Address":"2001:db8:1::1"}"#,
];

fn main() -> std::io::Result<()> {
    for (name, seeds) in [
        ("create", &BODIES[..]),
        ("url", &URLS),
        ("options", &OPTIONS),
    ] {
        for (number, seed) in seeds.iter().enumerate() {
            write(name, number, seed.as_bytes())?;
        }
    }
    for (number, name) in [
        "granted-after-2s",
        "terminated-after-10s",
        "webhook-fails-twice",
        "notification-late",
    ]
    .into_iter()
    .enumerate()
    {
        let content = content(&lived(name));
        // No calls before it.
        write("snapshot", number, &[&[0], content.as_slice()].concat())?;
    }
    Ok(())
}

/// A sandbox in which something has happened.
fn lived(scenario: &str) -> Sandbox {
    let mut sandbox = new_sandbox();
    let scenario = Scenario::named(scenario).map(Into::into);
    sandbox.configure(START, Setting::Scenario(scenario));
    for body in BODIES {
        let request = Request::new("POST", "/qod/v0/sessions")
            .header("Authorization", "Bearer mock_sandbox_access_token")
            .body(body);
        sandbox.request(START, request);
    }
    let form = "grant_type=client_credentials&client_id=a&client_secret=b";
    let token = Request::new("POST", "/token")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form);
    sandbox.request(START, token);
    sandbox.handle_timeout(START.after(Duration::from_secs(5)));
    sandbox
}

/// What is inside of its snapshot.
fn content(sandbox: &Sandbox) -> Vec<u8> {
    let text = sandbox.snapshot(&());
    let body = text.rsplit(':').next().unwrap_or_default();
    BASE64_STANDARD.decode(body).expect("a snapshot is base64")
}

fn write(target: &str, number: usize, seed: &[u8]) -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("seed-{number}")), seed)
}
