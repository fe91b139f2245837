//! Every answer and every notification, against the documents that describe them: the project's own
//! always, the official ones where they lie beside the project.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::{Draft, Validator};
use qod_sandbox::api::{Action, Dialect, Operation, Route};
use qod_sandbox::http::{Request, Response};
use serde_json::{Value, json};

/// An OpenAPI document, and the validators that were made of it so far.
struct Document {
    name: &'static str,
    value: Value,
    validators: Mutex<BTreeMap<String, Arc<Validator>>>,
}

static OWN: LazyLock<Document> = LazyLock::new(|| {
    let text = include_str!("../../www/openapi.json");
    Document::new("www/openapi.json", serde_json::from_str(text).unwrap())
});

static CAMARA: LazyLock<Option<Document>> =
    LazyLock::new(|| specification("camara-qod-v0.10.1.yaml"));

static TELEFONICA: LazyLock<Option<Document>> =
    LazyLock::new(|| specification("telefonica-qod-v0.10.yaml"));

fn specification(name: &'static str) -> Option<Document> {
    read_specification(name).map(|value| Document::new(name, value))
}

/// A document from beside the project; nothing, and a word about it, where it is not there.
pub(crate) fn read_specification(name: &str) -> Option<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/spec");
    match std::fs::read_to_string(folder.join(name)) {
        Ok(text) => Some(serde_saphyr::from_str(&text).unwrap()),
        Err(_) => {
            eprintln!("skipped: {name} does not lie beside the project");
            None
        }
    }
}

/// Checks the answer to a request, in the dialect that was spoken.
#[track_caller]
pub(crate) fn check_answer(dialect: Dialect, request: &Request, response: &Response) {
    if request.method == "HEAD" {
        assert_eq!(response.body, "");
        return;
    }
    let operation = match Route::of(request).map(|route| route.action) {
        Ok(Action::Operation(operation)) => Some(operation),
        Ok(Action::Authorization(_) | Action::Options(_)) => return,
        Err(_) => None,
    };
    for document in documents(dialect) {
        document.check_answer(operation, response);
    }
}

/// Checks a notification.
#[track_caller]
pub(crate) fn check_event(event: &Value) {
    for document in documents(Dialect::Camara).chain(documents(Dialect::Telefonica)) {
        document.check("/components/schemas/EventQosStatusChanged", event);
    }
}

fn documents(dialect: Dialect) -> impl Iterator<Item = &'static Document> {
    let (own, official) = match dialect {
        Dialect::Camara => (Some(&*OWN), CAMARA.as_ref()),
        Dialect::Telefonica => (None, TELEFONICA.as_ref()),
    };
    own.into_iter().chain(official)
}

impl Document {
    fn new(name: &'static str, value: Value) -> Self {
        Self {
            name,
            value,
            validators: Mutex::default(),
        }
    }

    #[track_caller]
    fn check_answer(&self, operation: Option<Operation>, response: &Response) {
        let status = response.status.to_string();
        let responses = operation.map(|operation| {
            let (path, method) = place(operation);
            let path = path.replace('/', "~1");
            format!("/paths/{path}/{method}/responses")
        });
        let documented = responses
            .map(|responses| format!("{responses}/{status}"))
            .filter(|at| self.value.pointer(at).is_some());
        let Some(at) = documented else {
            // What the official documents leave to the guidelines.
            let extra = [400, 404, 405, 406, 413, 415, 429].contains(&response.status);
            assert!(
                extra,
                "{}: {status} of {operation:?} is not documented",
                self.name
            );
            return self.check("/components/schemas/ErrorInfo", &body(response));
        };
        let at = self.resolved(at);
        match self.value.pointer(&format!("{at}/content")) {
            None => assert_eq!(response.body, "", "{} describes no body", self.name),
            Some(content) => {
                let media_type = response.headers.first("content-type").unwrap_or_default();
                assert!(
                    content.get(media_type).is_some(),
                    "{}: {media_type}",
                    self.name
                );
                let media_type = media_type.replace('/', "~1");
                self.check(
                    &format!("{at}/content/{media_type}/schema"),
                    &body(response),
                );
            }
        }
    }

    /// The place that a place refers to.
    fn resolved(&self, at: String) -> String {
        let reference = self.value.pointer(&format!("{at}/$ref"));
        match reference.and_then(Value::as_str) {
            Some(reference) => reference.trim_start_matches('#').to_owned(),
            None => at,
        }
    }

    #[track_caller]
    fn check(&self, schema: &str, value: &Value) {
        let validator = self.validator(schema);
        let errors: Vec<_> = (validator.iter_errors(value))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(
            errors.is_empty(),
            "{} {schema}: {errors:?} in {value}",
            self.name
        );
    }

    fn validator(&self, schema: &str) -> Arc<Validator> {
        let mut validators = self
            .validators
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = validators.get(schema) {
            return validator.clone();
        }
        // The schema, with all that it can refer to.
        let root = json!({
            "allOf": [self.value.pointer(schema).unwrap()],
            "components": self.value["components"],
        });
        let options = jsonschema::options().with_draft(Draft::Draft7);
        let validator = options.should_validate_formats(true).build(&root).unwrap();
        let validator = Arc::new(validator);
        validators.insert(schema.to_owned(), validator.clone());
        validator
    }
}

/// Where an operation stands in a document.
pub(crate) const fn place(operation: Operation) -> (&'static str, &'static str) {
    match operation {
        Operation::CreateSession => ("/sessions", "post"),
        Operation::GetSession => ("/sessions/{sessionId}", "get"),
        Operation::DeleteSession => ("/sessions/{sessionId}", "delete"),
        Operation::ExtendQosSessionDuration => ("/sessions/{sessionId}/extend", "post"),
        Operation::GetQosProfiles => ("/qos-profiles", "get"),
        Operation::GetQosProfile => ("/qos-profiles/{name}", "get"),
    }
}

fn body(response: &Response) -> Value {
    serde_json::from_str(&response.body).unwrap_or(Value::Null)
}
