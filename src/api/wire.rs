//! The specification's types as they go over the wire, named and ordered as there.

use serde::{Deserialize, Serialize};

/// `SessionInfo`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct SessionInfo {
    pub session_id: String,
    pub qos_status: QosStatus,
    /// Epoch seconds.
    pub started_at: i64,
    /// Epoch seconds.
    pub expires_at: i64,
    /// Seconds, at least 1.
    pub duration: u64,
    pub device: Device,
    pub application_server: ApplicationServer,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_ports: Option<PortsSpec>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_server_ports: Option<PortsSpec>,
    pub qos_profile: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<Webhook>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub messages: Vec<Message>,
}

/// `QosStatus`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs, reason = "the specification describes the values")]
pub enum QosStatus {
    Requested,
    Available,
    Unavailable,
}

/// `StatusInfo`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs, reason = "the specification describes the values")]
pub enum StatusInfo {
    DurationExpired,
    NetworkTerminated,
    DeleteRequested,
}

/// `Device`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct Device {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_access_identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipv4_address: Option<DeviceIpv4Addr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipv6_address: Option<String>,
}

/// `DeviceIpv4Addr`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct DeviceIpv4Addr {
    pub public_address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_port: Option<u16>,
}

/// `ApplicationServer`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct ApplicationServer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipv4_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ipv6_address: Option<String>,
}

/// `PortsSpec`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct PortsSpec {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranges: Option<Vec<PortRange>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ports: Option<Vec<u16>>,
}

/// An item of `PortsSpec.ranges`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct PortRange {
    pub from: u16,
    pub to: u16,
}

/// `BaseSessionInfo.webhook`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct Webhook {
    pub notification_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notification_auth_token: Option<String>,
}

/// `Message`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct Message {
    pub severity: Severity,
    pub description: String,
}

/// `Message.severity`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the specification describes the values")]
pub enum Severity {
    Info,
    Warning,
}

/// `QosProfile`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct QosProfile {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub status: QosProfileStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_min_upstream_rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_upstream_rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_upstream_burst_rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_min_downstream_rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_downstream_rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_downstream_burst_rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_duration: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packet_delay_budget: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jitter: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packet_error_loss_rate: Option<u8>,
}

/// A profile in an answer: described, or in the portal's edition by its name alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[allow(missing_docs, reason = "the specification describes the members")]
pub enum ProfileBody {
    Described(Box<QosProfile>),
    Named(String),
}

/// `QosProfileStatusEnum`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the specification describes the values")]
pub enum QosProfileStatus {
    Active,
    Inactive,
    Deprecated,
}

/// `Rate`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct Rate {
    pub value: u16,
    pub unit: RateUnit,
}

/// `RateUnitEnum`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the specification describes the values")]
pub enum RateUnit {
    #[serde(rename = "bps")]
    Bps,
    #[serde(rename = "kbps")]
    Kbps,
    Mbps,
    Gbps,
    Tbps,
}

/// `Duration`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct Duration {
    pub value: u32,
    pub unit: TimeUnit,
}

/// `TimeUnitEnum`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the specification describes the values")]
pub enum TimeUnit {
    Days,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

/// `EventQosStatusChanged`: the `CloudEvent` that a webhook gets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct CloudEvent {
    pub id: String,
    pub source: String,
    pub specversion: String,
    #[serde(rename = "type")]
    pub kind: String,
    /// RFC 3339, UTC.
    pub time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datacontenttype: Option<String>,
    pub data: EventData,
}

/// `EventQosStatusChanged.data`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct EventData {
    pub session_id: String,
    pub qos_status: QosStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_info: Option<StatusInfo>,
}

/// `ErrorInfo`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the specification describes the members")]
pub struct ErrorInfo {
    pub status: u16,
    pub code: String,
    pub message: String,
}
