//! The request as code, in the languages of those who will make it.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::{
    AttrValue, Callback, Html, Properties, component, html, use_force_update, use_mut_ref,
    use_node_ref, use_state,
};

use crate::http::Request;
use crate::ui::listener::Listener;
use crate::ui::page::Page;
use crate::ui::parts::{copy, tabs};
use crate::ui::snippet;
use crate::ui::use_effect::{use_effect, use_effect_with};

const IDS: [&str; 8] = [
    "curl",
    "javascript",
    "python",
    "java",
    "go",
    "csharp",
    "swift",
    "kotlin",
];
const NAMES: [&str; 8] = [
    "cURL",
    "JavaScript",
    "Python",
    "Java",
    "Go",
    "C#",
    "Swift",
    "Kotlin",
];

/// A piece of code: the class that colours it, and its text.
type Pieces = Rc<[(AttrValue, AttrValue)]>;

#[derive(Properties, PartialEq)]
pub(super) struct CodeProps {
    pub(super) request: Rc<Request>,
    pub(super) language: usize,
    pub(super) on_language: Callback<usize>,
    pub(super) page: Page,
}

/// The code. It is made while it is in sight.
#[component]
pub(super) fn Code(props: &CodeProps) -> Html {
    let node = use_node_ref();
    let pieces = use_state(|| Ok::<Pieces, String>(Rc::from([])));
    let made = use_mut_ref(|| None::<(Rc<Request>, usize)>);
    let language = props.language.min(IDS.len() - 1);
    let look = use_force_update();
    // In a window that is high enough it stands under the response. What could not be loaded perhaps can now.
    use_effect_with((), {
        let made = made.clone();
        move |()| {
            let (resized, online) = (look.clone(), look);
            let resize = Listener::of_window("resize", move |_| resized.force_update());
            let online = Listener::of_window("online", move |_| {
                made.replace(None);
                online.force_update();
            });
            move || drop((resize, online))
        }
    });
    use_effect({
        let (node, set, page) = (node.clone(), pieces.setter(), props.page.clone());
        let wanted = (props.request.clone(), language);
        move || {
            let panel = node.cast::<HtmlElement>();
            let seen = panel.is_some_and(|panel| panel.offset_height() > 0);
            if seen && made.borrow().as_ref() != Some(&wanted) {
                let id = IDS.get(language).copied().unwrap_or_default();
                let details = snippet::details(id, &wanted.0);
                made.replace(Some(wanted));
                let done = move |outcome: Result<_, _>| {
                    set.set(outcome.map(|answer| snippet::pieces(&answer)));
                };
                page.perform("snippet", &details, Box::new(done));
            }
        }
    });
    let name = NAMES.get(language).copied().unwrap_or_default();
    html! {
        <div ref={node} class="code">
            <div class="langrow">
                { tabs("Language", "language", "lang", &NAMES, language, &props.on_language) }
                if let Ok(pieces) = &*pieces {
                    { copy("Copy code", snippet::text(pieces).into()) }
                }
            </div>
            <pre class="codebox raw" tabindex="0" role="tabpanel" id="language-panel" aria-label={[name, " code"].concat()}>
                { match &*pieces {
                    Ok(pieces) => pieces.iter().map(|(class, text)| html! { <span {class}>{ text }</span> }).collect(),
                    Err(why) => html! { <span class="bad">{ "The code cannot be shown: " }{ why }</span> },
                } }
            </pre>
        </div>
    }
}
