//! The create request, field by field.

use yew::{AttrValue, Callback, Html, html};

use super::draft::{DeviceKind, Draft, ServerKind};
use super::profile_field::profile_field;
use crate::engine::Catalogue;
use crate::ui::format;
use crate::ui::parts::{Field, Select, field};

/// The fields. None refuses anything: that is the backend's part.
pub(super) fn request_form(
    draft: &Draft,
    catalogue: &Catalogue,
    onchange: &Callback<Draft>,
) -> Html {
    let set = |change: fn(&mut Draft, String)| {
        let draft = draft.clone();
        onchange.reform(move |text| {
            let mut draft = draft.clone();
            change(&mut draft, text);
            draft
        })
    };
    let device = Field {
        id: "device",
        label: "Device",
        value: draft.device().to_owned().into(),
        hint: device_hint(draft.device_kind),
        oninput: set(Draft::set_device),
        beside: device_kinds(draft, onchange),
        ..Field::default()
    };
    let device_ports = Field {
        id: "device-ports",
        label: "Device ports",
        value: draft.device_ports.clone().into(),
        hint: "0 to 65535",
        oninput: set(|draft, text| draft.device_ports = text),
        optional: true,
        placeholder: "all",
        ..Field::default()
    };
    let server = Field {
        id: "server",
        label: "Application server",
        value: draft.server().to_owned().into(),
        hint: "Address, or address/mask",
        oninput: set(Draft::set_server),
        beside: server_kinds(draft, onchange),
        ..Field::default()
    };
    let server_ports = Field {
        id: "server-ports",
        label: "Server ports",
        value: draft.server_ports.clone().into(),
        hint: "443, 5000-5010",
        oninput: set(|draft, text| draft.server_ports = text),
        optional: true,
        placeholder: "all",
        ..Field::default()
    };
    let seconds = draft.duration.parse().map(std::time::Duration::from_secs);
    let duration = Field {
        id: "duration",
        label: "Duration",
        value: draft.duration.clone().into(),
        hint: "1 to 86,400",
        oninput: set(|draft, text| draft.duration = text),
        optional: true,
        placeholder: "86400",
        suffix: (seconds.map_or(String::new(), |time| {
            "s = ".to_owned() + &format::duration(time)
        }))
        .into(),
        ..Field::default()
    };
    let webhook_url = Field {
        id: "webhook-url",
        label: "Webhook URL",
        value: draft.webhook_url.clone().into(),
        hint: "Notifications are sent there",
        oninput: set(|draft, text| draft.webhook_url = text),
        optional: true,
        ..Field::default()
    };
    let webhook_token = Field {
        id: "webhook-token",
        label: "Webhook token",
        value: draft.webhook_token.clone().into(),
        hint: "20 to 256 characters",
        oninput: set(|draft, text| draft.webhook_token = text),
        optional: true,
        ..Field::default()
    };
    let on_profile = set(|draft, text| draft.profile = text);
    html! {
        <div class="form">
            { for [device, device_ports, server, server_ports].map(field) }
            { profile_field(&draft.profile, catalogue, &on_profile) }
            { for [duration, webhook_url, webhook_token].map(field) }
        </div>
    }
}

fn device_kinds(draft: &Draft, onchange: &Callback<Draft>) -> Html {
    let name = |kind| match kind {
        DeviceKind::PhoneNumber => "Phone number",
        DeviceKind::Ipv4 => "IPv4 and port",
        DeviceKind::Ipv6 => "IPv6",
        DeviceKind::Nai => "NAI",
    };
    let current = draft.clone();
    let onselect = onchange.reform(move |chosen: AttrValue| {
        let kind = DeviceKind::ALL
            .into_iter()
            .find(|kind| name(*kind) == chosen);
        let device_kind = kind.unwrap_or(current.device_kind);
        Draft {
            device_kind,
            ..current.clone()
        }
    });
    let options = DeviceKind::ALL.map(name);
    kinds(
        "Identify the device by",
        &options,
        name(draft.device_kind),
        onselect,
    )
}

fn server_kinds(draft: &Draft, onchange: &Callback<Draft>) -> Html {
    let name = |kind| match kind {
        ServerKind::Ipv4 => "IPv4",
        ServerKind::Ipv6 => "IPv6",
    };
    let current = draft.clone();
    let onselect = onchange.reform(move |chosen: AttrValue| {
        let kind = ServerKind::ALL
            .into_iter()
            .find(|kind| name(*kind) == chosen);
        let server_kind = kind.unwrap_or(current.server_kind);
        Draft {
            server_kind,
            ..current.clone()
        }
    });
    let options = ServerKind::ALL.map(name);
    kinds(
        "Address family",
        &options,
        name(draft.server_kind),
        onselect,
    )
}

fn kinds(
    label: &'static str,
    names: &[&'static str],
    value: &'static str,
    onselect: Callback<AttrValue>,
) -> Html {
    let options: Vec<_> = names
        .iter()
        .map(|name| ((*name).into(), (*name).into()))
        .collect();
    html! { <Select class="select select--sm select--bare" {label} {options} {value} {onselect} /> }
}

const fn device_hint(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::PhoneNumber => "5 to 15 digits, + optional",
        DeviceKind::Ipv4 => "Public address:port",
        DeviceKind::Ipv6 => "One address, stands for its /64",
        DeviceKind::Nai => "user@domain",
    }
}
