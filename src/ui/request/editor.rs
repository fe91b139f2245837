//! The body as JSON: a text field with what is what in it coloured behind, and lines numbered.

use yew::{AttrValue, Callback, Html, NodeRef, html};

use super::body::Body;
use super::text::{place, words};
use crate::api::Patch;
use crate::sandbox::Exchange;
use crate::ui::explain::remedy;
use crate::ui::parts::typed_text;

/// From how many characters on a text is not coloured.
const LONG: usize = 60_000;

/// Lines that are wrong, counted from 0, and what to do about them.
pub(super) struct Mark {
    from: usize,
    to: usize,
    note: String,
}

/// The lines that an answer complains of, as far as it is about this body.
pub(super) fn marks(body: &Body, answer: Option<&Exchange>) -> Vec<Mark> {
    let Some(answer) = answer.filter(|answer| answer.request.body == body.text().as_bytes()) else {
        return Vec::new();
    };
    if body.value().is_err() {
        return Vec::new();
    }
    let mark = |explanation: &crate::api::Explanation| {
        let pointer = culprit(explanation);
        let (from, to, ..) = place(body.text(), pointer).filter(|_| !pointer.is_empty())?;
        let note = remedy(&explanation.patch).unwrap_or_default();
        Some(Mark { from, to, note })
    };
    answer.explanations.iter().filter_map(mark).collect()
}

/// The member that is in the wrong place, or that has a wrong value.
pub(super) fn culprit(explanation: &crate::api::Explanation) -> &str {
    let moved = |change: &Patch| matches!(change, Patch::Move { .. });
    match explanation.patch.iter().find(|change| moved(change)) {
        Some(Patch::Move { from, .. }) => from,
        _ => &explanation.pointer,
    }
}

/// The editor.
pub(super) fn editor(
    node: &NodeRef,
    body: &Body,
    marks: &[Mark],
    onchange: &Callback<String>,
) -> Html {
    let text = body.text();
    let oninput = onchange.reform(|event| typed_text(&event));
    let misread = body.value().err();
    let line = |(number, line): (usize, &str)| {
        let mark = marks
            .iter()
            .find(|mark| (mark.from..=mark.to).contains(&number));
        let wrong = mark.is_some() || misread.is_some_and(|misread| misread.line == number + 1);
        let note = mark.filter(|mark| mark.from == number && !mark.note.is_empty());
        html! {
            <span key={number} class={if wrong { "eln err" } else { "eln" }}>
                { for words(line).into_iter().map(|(class, word)| html! { <span {class}>{ AttrValue::from(word.to_owned()) }</span> }) }
                if let Some(note) = note {
                    <span class="eln__note">{ &note.note }</span>
                }
                { "\n" }
            </span>
        }
    };
    let plain = text.len() > LONG;
    let wrong = misread.is_some() || !marks.is_empty();
    html! {
        <div class={if plain { "editor editor--plain" } else { "editor" }}>
            <pre class="editor__lines" aria-hidden="true">
                if plain {
                    { text }{ "\n" }
                } else {
                    { for text.split('\n').enumerate().map(line) }
                }
            </pre>
            <textarea
                ref={node} class="editor__text" id="body-json" aria-label="Request body, JSON" value={text.clone()} {oninput}
                aria-invalid={wrong.then_some("true")} aria-describedby="body-note"
                autocomplete="off" autocapitalize="off" spellcheck="false"
            />
        </div>
    }
}
