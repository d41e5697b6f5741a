// A plugin of Swagger UI: a refusal is one line per error, and its body, schema and headers come on a click.

const FIRST_REFUSAL = 400;

/** Wraps how an answer is shown; good answers stay as they are, and so do those with a shape of their own. */
export function refusals({ React }) {
  const { createElement: h, useState, Fragment } = React;

  function Refusal({ Original, props }) {
    const [open, setOpen] = useState(false);
    const { code, response, getComponent } = props;
    const Markdown = getComponent('Markdown', true);
    const toggle = h(
      'button',
      { type: 'button', className: 'refusal-toggle', 'aria-expanded': open, onClick: () => setOpen(!open) },
      open ? 'Hide body' : 'Show body',
    );
    const head = h(
      'tr',
      { className: 'response refusal', 'data-code': code },
      h('td', { className: 'response-col_status' }, code),
      h(
        'td',
        { className: 'response-col_description' },
        h('div', { className: 'refusal-lines' }, h(Markdown, { source: response.get('description') }), toggle),
      ),
    );
    return h(Fragment, null, head, open && h(Original, { ...props, response: response.delete('description') }));
  }

  return {
    wrapComponents: {
      response: (Original) => (props) =>
        Number(props.code) >= FIRST_REFUSAL && props.response.has('content')
          ? h(Refusal, { Original, props })
          : h(Original, props),
    },
  };
}
