import { parseMarkup, type Span } from '@nightdesk/shared/markup.ts'

/** A reviewed answer as elements. Text stays text: there is no way from here to HTML. */
export function Markup({ text }: { text: string }) {
  return (
    <div class="prose">
      {parseMarkup(text).map(block =>
        block.kind === 'paragraph' ? (
          <p>
            <Spans spans={block.spans} />
          </p>
        ) : (
          <ol>
            {block.items.map(spans => (
              <li>
                <Spans spans={spans} />
              </li>
            ))}
          </ol>
        ),
      )}
    </div>
  )
}

function Spans({ spans }: { spans: Span[] }) {
  return <>{spans.map(span => (span.bold ? <b>{span.text}</b> : span.text))}</>
}
