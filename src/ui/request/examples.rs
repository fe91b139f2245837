//! Bodies to begin with.

use super::draft::Draft;

/// A body to try.
pub(super) struct Example {
    /// What it is called.
    pub(super) name: &'static str,
    /// What becomes of it, and why.
    pub(super) note: &'static str,
    body: Option<&'static str>,
}

/// In the order in which they are offered.
pub(super) const EXAMPLES: [Example; 3] = [
    Example {
        name: "The portal's example: 201",
        note: "A device behind NAT, one server, one port: granted after 2 s.",
        body: None,
    },
    Example {
        name: "The portal's nested sample: 400",
        note: "As printed in the portal's guide: all members stand inside device.",
        body: Some(NESTED),
    },
    Example {
        name: "A conflict: 409",
        note: "All servers and ports of the example's device. Try the example first, then this.",
        body: Some(CONFLICT),
    },
];

impl Example {
    /// The body as it is sent.
    pub(super) fn json(&self) -> String {
        self.body
            .map_or_else(|| Draft::default().json(), str::to_owned)
    }
}

const NESTED: &str = r#"{
  "device": {
    "ipv4Address": {
      "publicAddress": "203.0.113.25",
      "publicPort": 8080
    },
    "applicationServer": {
      "ipv4Address": "0.0.0.0/0"
    },
    "qosProfile": "QOS_E",
    "duration": 300
  }
}"#;

const CONFLICT: &str = r#"{
  "device": {
    "ipv4Address": {
      "publicAddress": "203.0.113.25",
      "publicPort": 8080
    }
  },
  "applicationServer": {
    "ipv4Address": "0.0.0.0/0"
  },
  "qosProfile": "QOS_E",
  "duration": 300
}"#;
