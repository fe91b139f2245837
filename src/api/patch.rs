//! What puts a body right: JSON Patch (RFC 6902), as far as it is needed.

use serde::Serialize;
use serde_json::{Map, Value};

/// A change of a body. Places are JSON pointers (RFC 6901).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "op", rename_all = "lowercase")]
pub enum Patch {
    /// Puts a value where there is none.
    Add {
        /// Where.
        path: String,
        /// What.
        value: Value,
    },
    /// Takes a value away.
    Remove {
        /// Which.
        path: String,
    },
    /// Puts a value in the place of another.
    Replace {
        /// Of which.
        path: String,
        /// What.
        value: Value,
    },
    /// Takes a value from one place to another.
    Move {
        /// Whence.
        from: String,
        /// Whither.
        path: String,
    },
}

impl Patch {
    /// Changes a body; nothing if it is not of the shape that this is for, and then it may be changed
    /// in part.
    pub fn apply(&self, body: &mut Value) -> Option<()> {
        match self {
            Self::Add { path, value } => put(body, path, value.clone()),
            Self::Remove { path } => take(body, path).map(drop),
            Self::Replace { path, value } => {
                *body.pointer_mut(path)? = value.clone();
                Some(())
            }
            Self::Move { from, path } => {
                let value = take(body, from)?;
                put(body, path, value)
            }
        }
    }
}

/// A body after these changes; nothing if one of them is not possible.
pub fn patched(body: &Value, patch: &[Patch]) -> Option<Value> {
    let mut body = body.clone();
    patch
        .iter()
        .try_for_each(|change| change.apply(&mut body))?;
    Some(body)
}

/// Makes a patch fit a body: nothing that is there is lost, and objects that it needs are made.
pub(super) fn fit(patch: &mut Vec<Patch>, body: &Value) {
    let overwrites =
        |change: &Patch| matches!(change, Patch::Move { path, .. } if body.pointer(path).is_some());
    if patch.iter().any(overwrites) {
        patch.clear();
    }
    patch.retain(
        |change| !matches!(change, Patch::Add { path, .. } if body.pointer(path).is_some()),
    );
    let needed: Vec<_> = (patch.iter())
        .filter_map(|change| match change {
            Patch::Add { path, .. } | Patch::Move { path, .. } => Some(path),
            Patch::Remove { .. } | Patch::Replace { .. } => None,
        })
        .flat_map(|path| {
            let parents = path.match_indices('/').skip(1);
            parents.filter_map(|(end, _)| path.get(..end))
        })
        .filter(|parent| body.pointer(parent).is_none())
        .map(|parent| Patch::Add {
            path: parent.to_owned(),
            value: Map::new().into(),
        })
        .collect();
    patch.splice(0..0, needed);
    if patched(body, patch).is_none() {
        patch.clear();
    }
}

fn put(body: &mut Value, path: &str, value: Value) -> Option<()> {
    let (parent, name) = path.rsplit_once('/')?;
    match body.pointer_mut(parent)? {
        Value::Object(members) => drop(members.insert(unescaped(name), value)),
        Value::Array(items) => {
            let place = match name {
                "-" => items.len(),
                place => place.parse().ok().filter(|place| *place <= items.len())?,
            };
            items.insert(place, value);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    }
    Some(())
}

fn take(body: &mut Value, path: &str) -> Option<Value> {
    let (parent, name) = path.rsplit_once('/')?;
    match body.pointer_mut(parent)? {
        Value::Object(members) => members.remove(&unescaped(name)),
        Value::Array(items) => {
            let place = name.parse().ok().filter(|place| *place < items.len())?;
            Some(items.remove(place))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn unescaped(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn moved(from: &str, path: &str) -> Patch {
        let (from, path) = (from.to_owned(), path.to_owned());
        Patch::Move { from, path }
    }

    #[test]
    fn changes_are_made_as_the_rfc_says() {
        let body = json!({ "a": { "b/c": [1, 2] }, "d": null });
        let at = |path: &str| path.to_owned();
        for (patch, expected) in [
            (
                moved("/a/b~1c", "/e"),
                Some(json!({ "a": {}, "d": null, "e": [1, 2] })),
            ),
            (
                moved("/a/b~1c/0", "/a/b~1c/1"),
                Some(json!({ "a": { "b/c": [2, 1] }, "d": null })),
            ),
            (
                Patch::Add {
                    path: at("/a/b~1c/2"),
                    value: json!(3),
                },
                Some(json!({ "a": { "b/c": [1, 2, 3] }, "d": null })),
            ),
            (
                Patch::Add {
                    path: at("/a/b~1c/3"),
                    value: json!(3),
                },
                None,
            ),
            (
                Patch::Remove {
                    path: at("/a/b~1c/1"),
                },
                Some(json!({ "a": { "b/c": [1] }, "d": null })),
            ),
            (
                Patch::Remove {
                    path: at("/a/b~1c/2"),
                },
                None,
            ),
            (moved("/x", "/e"), None),
            (moved("/a", "/a/f"), None),
            (
                Patch::Remove { path: at("/d") },
                Some(json!({ "a": { "b/c": [1, 2] } })),
            ),
            (
                Patch::Replace {
                    path: at("/d"),
                    value: json!(1),
                },
                Some(json!({ "a": { "b/c": [1, 2] }, "d": 1 })),
            ),
            (
                Patch::Replace {
                    path: at("/e"),
                    value: json!(1),
                },
                None,
            ),
            (
                Patch::Add {
                    path: at("/a/b~1c/-"),
                    value: json!(3),
                },
                Some(json!({ "a": { "b/c": [1, 2, 3] }, "d": null })),
            ),
            (
                Patch::Add {
                    path: at("/d/e"),
                    value: json!(3),
                },
                None,
            ),
        ] {
            assert_eq!(
                patched(&body, std::slice::from_ref(&patch)),
                expected,
                "{patch:?}"
            );
        }
    }

    #[test]
    fn nothing_is_lost_and_what_is_needed_is_made() {
        let mut patch = vec![moved("/sink", "/webhook/notificationUrl")];
        fit(
            &mut patch,
            &json!({ "sink": "a", "webhook": { "notificationUrl": "b" } }),
        );
        assert_eq!(patch, []);
        patch.push(moved("/sink", "/webhook/notificationUrl"));
        let body = json!({ "sink": "a" });
        fit(&mut patch, &body);
        let expected = json!({ "webhook": { "notificationUrl": "a" } });
        assert_eq!(patched(&body, &patch), Some(expected));
        fit(&mut patch, &json!({ "sink": "a", "webhook": "b" }));
        assert_eq!(patch, []);
    }
}
