//! From the domain to the wire.

use super::wire;
use crate::engine;
use crate::time::Instant;

/// `SessionInfo` of a session.
pub(crate) fn session_info(session: &engine::Session) -> wire::SessionInfo {
    session_info_at(session, session.status(), session.duration)
}

/// `SessionInfo` of a session when it had that status and duration.
pub(crate) fn session_info_at(
    session: &engine::Created,
    status: engine::Status,
    duration: u64,
) -> wire::SessionInfo {
    let request = &session.request;
    wire::SessionInfo {
        session_id: session.id.to_string(),
        qos_status: status.into(),
        started_at: session.started_at.epoch_seconds(),
        expires_at: session.ends_after(duration).epoch_seconds(),
        duration,
        device: device(&request.device),
        application_server: application_server(&request.flow.server),
        device_ports: request.flow.device_ports.as_deref().map(ports),
        application_server_ports: request.flow.server_ports.as_deref().map(ports),
        qos_profile: request.profile.to_string(),
        webhook: request.webhook.as_ref().map(webhook),
        messages: session.remarks.iter().copied().map(message).collect(),
    }
}

/// The notification of a change.
pub(crate) fn cloud_event(
    id: &str,
    session: engine::SessionId,
    url: &str,
    at: Instant,
    status: engine::Status,
    info: Option<engine::StatusInfo>,
) -> wire::CloudEvent {
    wire::CloudEvent {
        id: id.to_owned(),
        source: url.to_owned(),
        specversion: "1.0".to_owned(),
        kind: "org.camaraproject.qod.v0.qos-status-changed".to_owned(),
        time: at.to_string(),
        datacontenttype: Some("application/json".to_owned()),
        data: wire::EventData {
            session_id: session.to_string(),
            qos_status: status.into(),
            status_info: info.map(Into::into),
        },
    }
}

/// `QosProfile` of a profile.
pub fn qos_profile(profile: &engine::Profile) -> wire::QosProfile {
    let (up, down) = (profile.upstream, profile.downstream);
    wire::QosProfile {
        name: profile.name.to_string(),
        description: profile.description.clone(),
        status: profile.status.into(),
        target_min_upstream_rate: up.target_min.map(rate),
        max_upstream_rate: up.max.map(rate),
        max_upstream_burst_rate: up.max_burst.map(rate),
        target_min_downstream_rate: down.target_min.map(rate),
        max_downstream_rate: down.max.map(rate),
        max_downstream_burst_rate: down.max_burst.map(rate),
        min_duration: profile.min_duration.map(duration),
        max_duration: profile.max_duration.map(duration),
        priority: profile.priority,
        packet_delay_budget: profile.packet_delay_budget.map(duration),
        jitter: profile.jitter.map(duration),
        packet_error_loss_rate: profile.packet_error_loss_rate,
    }
}

/// `Device`
pub(super) fn device(device: &engine::Device) -> wire::Device {
    wire::Device {
        phone_number: (device.phone_number.as_ref()).map(|number| number.as_str().to_owned()),
        network_access_identifier: (device.network_access_identifier.as_ref())
            .map(ToString::to_string),
        ipv4_address: (device.ipv4_address.as_ref()).map(|ipv4| wire::DeviceIpv4Addr {
            public_address: ipv4.public_address.to_string(),
            private_address: ipv4.private_address.map(|address| address.to_string()),
            public_port: ipv4.public_port,
        }),
        ipv6_address: device.ipv6_address.as_ref().map(ToString::to_string),
    }
}

fn application_server(server: &engine::ApplicationServer) -> wire::ApplicationServer {
    wire::ApplicationServer {
        ipv4_address: server.ipv4.as_ref().map(ToString::to_string),
        ipv6_address: server.ipv6.as_ref().map(ToString::to_string),
    }
}

fn ports(spec: &engine::PortsSpec) -> wire::PortsSpec {
    let range = |range: &engine::PortRange| wire::PortRange {
        from: range.from,
        to: range.to,
    };
    wire::PortsSpec {
        ranges: (spec.ranges.as_ref()).map(|ranges| ranges.iter().map(range).collect()),
        ports: spec.ports.clone(),
    }
}

fn webhook(webhook: &engine::Webhook) -> wire::Webhook {
    wire::Webhook {
        notification_url: webhook.url.to_string(),
        notification_auth_token: webhook.token.as_ref().map(ToString::to_string),
    }
}

fn message(remark: engine::Remark) -> wire::Message {
    match remark {
        engine::Remark::WebhookSchemeNotHttp => wire::Message {
            severity: wire::Severity::Warning,
            description: "webhook.notificationUrl is neither http nor https: notifications cannot be delivered".to_owned(),
        },
    }
}

const fn rate(rate: engine::Rate) -> wire::Rate {
    let unit = match rate.unit {
        engine::RateUnit::Bps => wire::RateUnit::Bps,
        engine::RateUnit::Kbps => wire::RateUnit::Kbps,
        engine::RateUnit::Mbps => wire::RateUnit::Mbps,
        engine::RateUnit::Gbps => wire::RateUnit::Gbps,
        engine::RateUnit::Tbps => wire::RateUnit::Tbps,
    };
    wire::Rate {
        value: rate.value,
        unit,
    }
}

const fn duration(quantity: engine::Quantity) -> wire::Duration {
    let unit = match quantity.unit {
        engine::TimeUnit::Days => wire::TimeUnit::Days,
        engine::TimeUnit::Hours => wire::TimeUnit::Hours,
        engine::TimeUnit::Minutes => wire::TimeUnit::Minutes,
        engine::TimeUnit::Seconds => wire::TimeUnit::Seconds,
        engine::TimeUnit::Milliseconds => wire::TimeUnit::Milliseconds,
        engine::TimeUnit::Microseconds => wire::TimeUnit::Microseconds,
        engine::TimeUnit::Nanoseconds => wire::TimeUnit::Nanoseconds,
    };
    wire::Duration {
        value: quantity.value,
        unit,
    }
}

impl From<engine::Status> for wire::QosStatus {
    fn from(status: engine::Status) -> Self {
        match status {
            engine::Status::Requested => Self::Requested,
            engine::Status::Available => Self::Available,
            engine::Status::Unavailable => Self::Unavailable,
        }
    }
}

impl From<engine::StatusInfo> for wire::StatusInfo {
    fn from(info: engine::StatusInfo) -> Self {
        match info {
            engine::StatusInfo::DurationExpired => Self::DurationExpired,
            engine::StatusInfo::NetworkTerminated => Self::NetworkTerminated,
            engine::StatusInfo::DeleteRequested => Self::DeleteRequested,
        }
    }
}

impl From<engine::ProfileStatus> for wire::QosProfileStatus {
    fn from(status: engine::ProfileStatus) -> Self {
        match status {
            engine::ProfileStatus::Active => Self::Active,
            engine::ProfileStatus::Inactive => Self::Inactive,
            engine::ProfileStatus::Deprecated => Self::Deprecated,
        }
    }
}
