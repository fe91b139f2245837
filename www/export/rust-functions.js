// The functions of a Rust test, and what they use.

export const FUNCTIONS = {
  time: {
    uses: ['time::Instant'],
    code: `
/// The moment that is written so.
fn time(text: &str) -> Instant {
    Instant::parse_rfc3339(text).unwrap()
}`,
  },
  member: {
    uses: ['http::Response', 'serde_json::Value'],
    code: `
/// A text in the JSON of an answer, by its pointer (RFC 6901).
fn member(answer: &Response, pointer: &str) -> String {
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let member = body.pointer(pointer).and_then(Value::as_str);
    member.unwrap().to_owned()
}`,
  },
  redirected_code: {
    uses: ['http::Response'],
    code: `
/// The code in the address to which an answer redirects.
fn redirected_code(answer: &Response) -> String {
    let location = answer.headers.first("location").unwrap();
    let (_, code) = location.split_once("code=").unwrap();
    code.split('&').next().unwrap().to_owned()
}`,
  },
  notification_id: {
    uses: ['sandbox::Sandbox'],
    code: `
/// The id of the notification at that place.
fn notification_id(sandbox: &Sandbox, place: usize) -> String {
    let notification = sandbox.notifications().nth(place).unwrap();
    notification.message.id.clone()
}`,
  },
  summary: {
    uses: ['sandbox::Notification', 'serde_json::Value', 'serde_json::json'],
    code: `
/// A notification in short, and what became of each attempt to deliver it.
fn summary(notification: &Notification) -> Value {
    let record = serde_json::to_value(notification.record()).unwrap();
    let deliveries = record["deliveries"].as_array().unwrap().iter();
    let deliveries = deliveries.map(|delivery| {
        let outcome = delivery["outcome"].as_str().unwrap();
        match delivery.get("status") {
            Some(status) => format!("{outcome} {status}"),
            None => outcome.to_owned(),
        }
    });
    let mut summary = record["event"]["data"].clone();
    summary["time"] = record["event"]["time"].clone();
    summary["deliveries"] = json!(deliveries.collect::<Vec<_>>());
    summary
}`,
  },
  event: {
    uses: ['sandbox::Notification', 'serde_json::Value'],
    code: `
/// A notification in short.
fn event(notification: &Notification) -> Value {
    let event = serde_json::to_value(notification.message.event()).unwrap();
    let mut short = event["data"].clone();
    short["time"] = event["time"].clone();
    short
}`,
  },
};
