//! What options, runs and links bring as JSON: profiles and devices.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use qod_sandbox::engine::Operator;
use qod_sandbox::sandbox::{NewDevice, Receivers};
use qod_sandbox::{Setting, api};
use qod_sandbox_fuzz::{START, bounded, new_sandbox};

fuzz_target!(|json: &str| {
    bounded(|| {
        let mut sandbox = new_sandbox();
        match api::from_text(json, api::catalogue) {
            Ok(profiles) => {
                let operator = Operator {
                    profiles,
                    ..Operator::default()
                };
                sandbox.configure(START, Setting::Operator(Arc::new(operator)));
            }
            Err(why) => assert!(!why.is_empty()),
        }
        match api::from_text(json, api::known_device) {
            Ok((device, unsupported)) => {
                let _ = sandbox.add_device(
                    START,
                    NewDevice {
                        device,
                        unsupported,
                    },
                );
                for known in sandbox.devices() {
                    api::device_view(known);
                }
            }
            Err(why) => assert!(!why.is_empty()),
        }
        if let Some(receivers) = Receivers::parse(json) {
            let text = receivers.to_text();
            assert_eq!(Receivers::parse(&text), Some(receivers.clone()));
            sandbox.keep_receivers(START, receivers);
        }
    });
});
