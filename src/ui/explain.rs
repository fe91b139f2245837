//! Why a request was refused, or what of it was ignored; and what can be done about it.

use serde_json::Value;
use yew::{AttrValue, Callback, Html, html};

use super::parts::{Shape, icon};
use crate::api::{Explanation, Patch};
use crate::sandbox::Exchange;

/// What may be done from an explanation.
pub(super) struct Remedies<'a> {
    /// Whether a patch fits the body as it is now.
    pub(super) fits: &'a dyn Fn(&[Patch]) -> bool,
    pub(super) on_patch: &'a Callback<Vec<Patch>>,
    /// The way to the member that an explanation is about, in words, and where it stands.
    pub(super) way: &'a dyn Fn(&Explanation) -> Option<(String, AttrValue)>,
    pub(super) on_go: &'a Callback<AttrValue>,
}

/// Rule, member and remedy, beside the answer and never in it.
pub(super) fn explain(exchange: &Exchange) -> Html {
    callout(exchange, None)
}

/// The same, with buttons.
pub(super) fn explain_with(exchange: &Exchange, remedies: &Remedies<'_>) -> Html {
    callout(exchange, Some(remedies))
}

fn callout(exchange: &Exchange, remedies: Option<&Remedies<'_>>) -> Html {
    let explanations = &exchange.explanations;
    if explanations.is_empty() {
        return Html::default();
    }
    let refused = exchange.status() >= 400;
    let strays: Vec<_> = explanations.iter().filter_map(stray).collect();
    // Members that stand together in the wrong place are one matter.
    let together = strays.len() > 1
        && strays
            .iter()
            .all(|(parent, _)| strays.first().is_some_and(|(first, _)| first == parent));
    let (grouped, single): (Vec<_>, Vec<_>) = explanations
        .iter()
        .partition(|one| together && stray(one).is_some());
    html! {
        <div class="callout" role="note" aria-label={if refused { "Why" } else { "Ignored" }}>
            { icon(Shape::Bulb) }
            <ul>
                if let Some(first) = grouped.first() {
                    <li>{ misplaced(&strays) }{ buttons(&grouped, first, remedies) }</li>
                }
                { for single.iter().enumerate().map(|(place, one)| html! {
                    <li key={place}>{ matter(one) }{ buttons(&[one], one, remedies) }</li>
                }) }
            </ul>
        </div>
    }
}

fn matter(explanation: &Explanation) -> Html {
    let named = explanation
        .rule
        .starts_with(dotted(&explanation.pointer).as_str());
    html! {
        <>
            <p class="callout__rule">{ for marked(&explanation.rule) }</p>
            if !explanation.pointer.is_empty() && (!named || explanation.seen.is_some()) {
                <p>
                    if !named {
                        <span class="muted">{ "Member " }</span><code>{ &explanation.pointer }</code>{ " " }
                    }
                    if let Some(seen) = &explanation.seen {
                        <span class="muted">{ "seen " }</span><code>{ seen.to_string() }</code>
                    }
                </p>
            }
            if let Some(suggestion) = &explanation.suggestion {
                <p>{ for marked(&super::format::sentence(suggestion)) }</p>
            }
        </>
    }
}

/// Several members in one wrong place.
fn misplaced(strays: &[(String, String)]) -> Html {
    let Some(((parent, first), others)) = strays.split_first() else {
        return Html::default();
    };
    let names = others.iter().enumerate().map(|(place, (_, name))| {
        let before = match place {
            0 => "",
            _ if place + 1 == others.len() => " and ",
            _ => ", ",
        };
        html! { <>{ before }<code>{ name }</code></> }
    });
    let verb = if others.len() == 1 {
        " is in the wrong place too."
    } else {
        " are in the wrong place too."
    };
    html! {
        <>
            <p class="callout__rule"><code>{ first }</code>{ " is inside " }<code>{ parent }</code></p>
            <p>{ "Move it up one level, next to " }<code>{ parent }</code>{ ". " }{ for names }{ verb }</p>
        </>
    }
}

/// The object that a member stands in by mistake, and the member: next to that object is its place.
fn stray(explanation: &Explanation) -> Option<(String, String)> {
    let [Patch::Move { from, path }] = explanation.patch.as_slice() else {
        return None;
    };
    let (parent, name) = from.rsplit_once('/')?;
    let (above, _) = parent.rsplit_once('/')?;
    (*path == [above, "/", name].concat()).then(|| (dotted(parent), name.to_owned()))
}

fn buttons(all: &[&Explanation], first: &Explanation, remedies: Option<&Remedies<'_>>) -> Html {
    let Some(remedies) = remedies else {
        return Html::default();
    };
    let patch = merged(all);
    let label = match all.len() {
        1 => remedy(&patch)
            .map(|label| super::format::sentence(&label))
            .map(|label| label.trim_end_matches('.').to_owned()),
        2 => Some("Move both".to_owned()),
        3 => Some("Move all three".to_owned()),
        many => Some(["Move all ", &many.to_string()].concat()),
    };
    let label = label.filter(|_| (remedies.fits)(&patch));
    let way = (remedies.way)(first);
    if label.is_none() && way.is_none() {
        return Html::default();
    }
    html! {
        <div class="row">
            if let Some(label) = label {
                <button class="btn btn--sm" type="button" onclick={remedies.on_patch.reform(move |_| patch.clone())}>
                    <span class="trunc">{ label }</span>
                </button>
            }
            if let Some((label, pointer)) = way {
                <button class="btn btn--ghost btn--sm" type="button" onclick={remedies.on_go.reform(move |_| pointer.clone())}>{ label }</button>
            }
        </div>
    }
}

/// All changes, each once: two may need the same object to be there.
fn merged(all: &[&Explanation]) -> Vec<Patch> {
    let mut merged: Vec<Patch> = Vec::new();
    for change in all.iter().flat_map(|one| &one.patch) {
        if !merged.contains(change) {
            merged.push(change.clone());
        }
    }
    merged
}

/// What a patch does, in a few words: `move it up one level`, `write 443`.
pub(super) fn remedy(patch: &[Patch]) -> Option<String> {
    let moved = patch
        .iter()
        .find(|change| matches!(change, Patch::Move { .. }));
    match moved.or(patch.first())? {
        Patch::Move { from, path } => {
            let (parent, name) = from.rsplit_once('/')?;
            let (target, new) = path.rsplit_once('/')?;
            Some(if name != new && target == parent {
                "rename to ".to_owned() + new
            } else if parent
                .rsplit_once('/')
                .is_some_and(|(above, _)| above == target)
                && name == new
            {
                "move it up one level".to_owned()
            } else if target.is_empty() {
                "move it to the top".to_owned()
            } else {
                "move it to ".to_owned() + &dotted(if name == new { target } else { path })
            })
        }
        Patch::Replace { value, path } => match patch {
            [_, Patch::Replace { .. }] if path.ends_with("/from") => Some("swap them".to_owned()),
            _ => Some("write ".to_owned() + &brief(value)),
        },
        Patch::Add { value, .. } => Some("add ".to_owned() + &brief(value)),
        Patch::Remove { .. } => Some("remove it".to_owned()),
    }
}

fn brief(value: &Value) -> String {
    const MOST: usize = 32;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        None => text,
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
    }
}

fn dotted(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}

/// A text in which backticks mark code.
fn marked(text: &str) -> impl Iterator<Item = Html> + '_ {
    let part = |(place, part): (usize, &str)| {
        if place % 2 == 1 {
            html! { <code>{ part }</code> }
        } else {
            html! { part }
        }
    };
    text.split('`').enumerate().map(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn moved(from: &str, path: &str) -> Patch {
        let (from, path) = (from.to_owned(), path.to_owned());
        Patch::Move { from, path }
    }

    #[wasm_bindgen_test]
    fn remedies_are_told_in_few_words() {
        let replace = |path: &str, value: Value| Patch::Replace {
            path: path.to_owned(),
            value,
        };
        for (patch, words) in [
            (
                vec![moved("/device/duration", "/duration")],
                Some("move it up one level"),
            ),
            (
                vec![moved("/durations", "/duration")],
                Some("rename to duration"),
            ),
            (
                vec![moved("/notificationUrl", "/webhook/notificationUrl")],
                Some("move it to webhook"),
            ),
            (
                vec![moved("/sink", "/webhook/notificationUrl")],
                Some("move it to webhook.notificationUrl"),
            ),
            (vec![replace("/duration", 443.into())], Some("write 443")),
            (
                vec![replace("/r/0/from", 1.into()), replace("/r/0/to", 2.into())],
                Some("swap them"),
            ),
            (vec![], None),
        ] {
            assert_eq!(remedy(&patch).as_deref(), words);
        }
    }
}
