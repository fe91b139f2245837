//! What is on, and who is known: each with a way to take it away.

use std::sync::Arc;

use yew::{AttrValue, Callback, Html, html};

use crate::api::{self, InjectedError, Operation};
use crate::engine::{Device, KnownDevice};
use crate::sandbox::{Fault, FaultId, Rate};
use crate::ui::act::{Act, doing};
use crate::ui::format;
use crate::ui::parts::{Shape, Tone, chip, icon};

/// The faults that are on.
pub(super) fn fault_list(faults: &[(FaultId, Fault, Option<u32>)], on_act: &Callback<Act>) -> Html {
    let row = |(id, fault, left): &(FaultId, Fault, Option<u32>)| {
        let words = fault_words(fault, *left);
        let id = *id;
        entry(id.to_string(), words, None, on_act, move || {
            Act::RemoveFault(id)
        })
    };
    html! {
        if faults.is_empty() {
            <p class="set__none">{ "No fault is on." }</p>
        } else {
            <ul class="set__list" aria-label="Faults that are on">{ for faults.iter().map(row) }</ul>
            <p><button class="btn btn--sm" type="button" onclick={doing(on_act, Act::ClearFaults)}>{ "Clear all faults" }</button></p>
        }
    }
}

/// The devices that the operator knows.
pub(super) fn device_list(devices: &[Arc<KnownDevice>], on_act: &Callback<Act>) -> Html {
    let row = |known: &Arc<KnownDevice>| {
        let id = known.id;
        let words = device_words(&known.device);
        let tag = known.unsupported.then_some("not served, 501");
        entry(id.to_string(), words, tag, on_act, move || {
            Act::RemoveDevice(id)
        })
    };
    html! {
        if devices.is_empty() {
            <p class="set__none">{ "No device is known." }</p>
        } else {
            <ul class="set__list" aria-label="Devices that the operator knows">{ for devices.iter().map(row) }</ul>
        }
    }
}

fn entry(
    id: String,
    words: String,
    tag: Option<&'static str>,
    on_act: &Callback<Act>,
    act: impl Fn() -> Act + 'static,
) -> Html {
    let label = ["Remove ", &id].concat();
    html! {
        <li key={id.clone()}>
            <code class="mono">{ id }</code>
            <span class="set__words"><bdi>{ words }</bdi>{ for tag.map(|tag| chip(Tone::Bad, AttrValue::from(tag))) }</span>
            <button class="btn btn--ghost btn--sm btn--icon" type="button" aria-label={label.clone()} title={label} onclick={on_act.reform(move |_| act())}>
                { icon(Shape::Trash) }
            </button>
        </li>
    }
}

/// A fault in words: `Create session: 503 UNAVAILABLE, 25 % of requests, 3 more times`.
fn fault_words(fault: &Fault, left: Option<u32>) -> String {
    let mut what = Vec::new();
    if let Some(InjectedError::Status(status, code)) =
        fault.error.as_ref().map(|injected| &injected.error)
    {
        let code = code.as_deref().or_else(|| api::code_of(*status));
        what.push([&status.to_string(), " ", code.unwrap_or_default()].concat());
    }
    if fault.network_error {
        what.push("the connection fails".to_owned());
    }
    if let Some((least, most)) = fault.latency {
        let least = format::duration(least);
        let most = format::duration(most);
        what.push(if least == most {
            least + " late"
        } else {
            [&least, " to ", &most, " late"].concat()
        });
    }
    if let Some(limit) = fault.rate_limit {
        let per = format::duration(limit.per);
        what.push(["429 after ", &limit.requests.to_string(), " in ", &per].concat());
    }
    if let Some(rate) = fault.rate {
        what.push(percent(rate) + " % of requests");
    }
    if let Some(left) = left {
        what.push(
            left.to_string()
                + if left == 1 {
                    " more time"
                } else {
                    " more times"
                },
        );
    }
    let operation = fault.operation.map_or("All requests", operation_words);
    [operation, ": ", &what.join(", ")].concat()
}

/// A probability in hundredths.
#[allow(clippy::cast_possible_truncation, reason = "up to 100")]
#[allow(clippy::cast_sign_loss, reason = "not negative")]
fn percent(rate: Rate) -> String {
    ((rate.probability() * 100.0).round() as u32).to_string()
}

const fn operation_words(operation: Operation) -> &'static str {
    match operation {
        Operation::CreateSession => "Create session",
        Operation::GetSession => "Get session",
        Operation::DeleteSession => "Delete session",
        Operation::ExtendQosSessionDuration => "Extend session",
        Operation::GetQosProfiles => "Get profiles",
        Operation::GetQosProfile => "Get one profile",
    }
}

/// All identifiers of a device.
fn device_words(device: &Device) -> String {
    let ipv4 = device.ipv4_address.as_ref().map(|ipv4| {
        let port = ipv4
            .public_port
            .map(|port| ":".to_owned() + &port.to_string());
        let inside = ipv4
            .private_address
            .map(|inside| [" (", &inside.to_string(), " inside)"].concat());
        [
            &ipv4.public_address.to_string(),
            port.as_deref().unwrap_or(""),
            inside.as_deref().unwrap_or(""),
        ]
        .concat()
    });
    let phone = device
        .phone_number
        .as_ref()
        .map(|number| number.as_str().to_owned());
    let name = device
        .network_access_identifier
        .as_ref()
        .map(ToString::to_string);
    let ipv6 = device.ipv6_address.as_ref().map(ToString::to_string);
    let all: Vec<_> = [phone, name, ipv4, ipv6].into_iter().flatten().collect();
    all.join(" · ")
}
