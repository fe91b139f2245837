//! URLs: of requests, of webhooks, of receivers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qod_sandbox::{Answering, Receiver, Request, SetAnswer, SetReply, Target};
use qod_sandbox_fuzz::{START, bounded, new_sandbox};
use serde_json::json;

fuzz_target!(|url: &str| {
    bounded(|| {
        let mut sandbox = new_sandbox();
        for method in ["GET", "POST", "DELETE", "OPTIONS"] {
            sandbox.request(START, Request::new(method, url));
        }
        for target in [Target::Url(url.into()), Target::Origin(url.into())] {
            let answering = Answering::Set(SetAnswer::always(SetReply::Status(204)));
            sandbox.add_receiver(START, Receiver { target, answering });
        }
        let body = json!({
            "device": { "phoneNumber": "+99900000002" },
            "applicationServer": { "ipv4Address": "198.51.100.10" },
            "qosProfile": "QOS_E",
            "webhook": { "notificationUrl": url },
        });
        let request = Request::new("POST", "/qod/v0/sessions")
            .header("Authorization", "Bearer mock_sandbox_access_token")
            .body(body.to_string());
        let status = sandbox.request(START, request).status;
        assert!(matches!(status, 201 | 400), "{status}");
        let told = sandbox.notifications().count();
        assert_eq!(told, usize::from(status == 201));
        for exchange in sandbox.traffic() {
            exchange.record();
        }
    });
});
