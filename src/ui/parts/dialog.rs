//! A dialog over the page.

use web_sys::{HtmlDialogElement, MouseEvent};
use yew::{AttrValue, Callback, Event, Html, Properties, classes, component, html, use_node_ref};

use super::icon::{Shape, icon};
use crate::ui::use_effect::use_effect_with;

#[derive(Properties, PartialEq)]
pub(in crate::ui) struct DialogProps {
    pub(in crate::ui) title: AttrValue,
    /// At the page's edge, as high as it, instead of in the middle.
    #[prop_or_default]
    pub(in crate::ui) side: bool,
    /// Wide enough for a table.
    #[prop_or_default]
    pub(in crate::ui) wide: bool,
    pub(in crate::ui) children: Html,
    pub(in crate::ui) onclose: Callback<()>,
}

/// Modal: the rest of the page is out of reach while it is there. Escape, its button and a press
/// beside it close it, and the focus goes back to where it was.
#[component]
pub(in crate::ui) fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = &dialog {
                // It is in the page and closed: nothing to refuse.
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = dialog {
                    // Gives the focus back.
                    dialog.close();
                }
            }
        }
    });
    let close = props.onclose.reform(|_: MouseEvent| ());
    let oncancel = props.onclose.reform(|event: Event| event.prevent_default());
    let onclick = {
        let (onclose, node) = (props.onclose.clone(), node.clone());
        move |event: MouseEvent| {
            // The dialog itself has no room beside its content: it is the backdrop.
            if event.target() == node.get().map(Into::into) {
                onclose.emit(());
            }
        }
    };
    html! {
        <dialog
            ref={node} class={classes!("dialog", props.side.then_some("dialog--side"), props.wide.then_some("dialog--wide"))} aria-labelledby="h-dialog"
            {oncancel} {onclick}
        >
            <div class="dialog__inner">
                <div class="head rule">
                    <h2 id="h-dialog">{ &props.title }</h2>
                    <span class="grow" />
                    <button class="btn btn--ghost btn--icon" type="button" aria-label="Close" title="Close" onclick={close}>
                        { icon(Shape::Close) }
                    </button>
                </div>
                <div class="dialog__body">{ props.children.clone() }</div>
            </div>
        </dialog>
    }
}
