//! The create request, field by field.

use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::draft::{DeviceKind, Draft, ServerKind};
use super::format;
use super::parts::{Field, Select};
use super::profile_field::ProfileField;
use crate::engine::Catalogue;

#[derive(Properties, PartialEq)]
pub(super) struct RequestFormProps {
    pub(super) draft: Draft,
    pub(super) catalogue: Catalogue,
    pub(super) onchange: Callback<Draft>,
}

/// The fields. None refuses anything: that is the backend's part.
#[component]
pub(super) fn RequestForm(props: &RequestFormProps) -> Html {
    let RequestFormProps {
        draft, onchange, ..
    } = props;
    let set = |change: fn(&mut Draft, String)| {
        let draft = draft.clone();
        onchange.reform(move |text| {
            let mut draft = draft.clone();
            change(&mut draft, text);
            draft
        })
    };
    let seconds = draft.duration.parse().map(std::time::Duration::from_secs);
    let duration = seconds.map_or("s".to_owned(), |time| {
        "s = ".to_owned() + &format::duration(time)
    });
    html! {
        <div class="form">
            <Field
                id="device" label="Device" value={draft.device().to_owned()}
                hint={device_hint(draft.device_kind)} oninput={set(Draft::set_device)}
            >
                <DeviceKinds draft={draft.clone()} {onchange} />
            </Field>
            <Field
                id="device-ports" label="Device ports" optional=true placeholder="all"
                value={draft.device_ports.clone()} hint="0 to 65535"
                oninput={set(|draft, text| draft.device_ports = text)}
            />
            <Field
                id="server" label="Application server" value={draft.server().to_owned()}
                hint="Address, or address/mask" oninput={set(Draft::set_server)}
            >
                <ServerKinds draft={draft.clone()} {onchange} />
            </Field>
            <Field
                id="server-ports" label="Server ports" optional=true placeholder="all"
                value={draft.server_ports.clone()} hint="443, 5000-5010"
                oninput={set(|draft, text| draft.server_ports = text)}
            />
            <ProfileField
                profile={draft.profile.clone()} catalogue={props.catalogue.clone()}
                onselect={set(|draft, text| draft.profile = text)}
            />
            <Field
                id="duration" label="Duration" optional=true placeholder="86400" suffix={duration}
                value={draft.duration.clone()} hint="1 to 86,400"
                oninput={set(|draft, text| draft.duration = text)}
            />
            <Field
                id="webhook-url" label="Webhook URL" optional=true
                value={draft.webhook_url.clone()} hint="Notifications are sent there"
                oninput={set(|draft, text| draft.webhook_url = text)}
            />
            <Field
                id="webhook-token" label="Webhook token" optional=true
                value={draft.webhook_token.clone()} hint="20 to 256 characters"
                oninput={set(|draft, text| draft.webhook_token = text)}
            />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct KindsProps {
    draft: Draft,
    onchange: Callback<Draft>,
}

#[component]
fn DeviceKinds(props: &KindsProps) -> Html {
    let name = |kind| match kind {
        DeviceKind::PhoneNumber => "Phone number",
        DeviceKind::Ipv4 => "IPv4 and port",
        DeviceKind::Ipv6 => "IPv6",
        DeviceKind::Nai => "NAI",
    };
    let draft = props.draft.clone();
    let onselect = props.onchange.reform(move |chosen: AttrValue| {
        let kind = DeviceKind::ALL
            .into_iter()
            .find(|kind| name(*kind) == chosen);
        let device_kind = kind.unwrap_or(draft.device_kind);
        Draft {
            device_kind,
            ..draft.clone()
        }
    });
    html! {
        <Select
            class="select--sm select--bare" label="Identify the device by"
            options={DeviceKind::ALL.map(|kind| (name(kind).into(), name(kind).into())).to_vec()}
            value={name(props.draft.device_kind)} {onselect}
        />
    }
}

#[component]
fn ServerKinds(props: &KindsProps) -> Html {
    let name = |kind| match kind {
        ServerKind::Ipv4 => "IPv4",
        ServerKind::Ipv6 => "IPv6",
    };
    let draft = props.draft.clone();
    let onselect = props.onchange.reform(move |chosen: AttrValue| {
        let kind = ServerKind::ALL
            .into_iter()
            .find(|kind| name(*kind) == chosen);
        let server_kind = kind.unwrap_or(draft.server_kind);
        Draft {
            server_kind,
            ..draft.clone()
        }
    });
    html! {
        <Select
            class="select--sm select--bare" label="Address family"
            options={ServerKind::ALL.map(|kind| (name(kind).into(), name(kind).into())).to_vec()}
            value={name(props.draft.server_kind)} {onselect}
        />
    }
}

const fn device_hint(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::PhoneNumber => "5 to 15 digits, + optional",
        DeviceKind::Ipv4 => "Public address:port",
        DeviceKind::Ipv6 => "One address, stands for its /64",
        DeviceKind::Nai => "user@domain",
    }
}
