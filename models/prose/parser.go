package prose

import (
	"regexp"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// The parsers are put together by hand, because what is left out matters most: without the
// two parsers of raw HTML a tag is text like any other, shown as it was typed.

func postParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(blocks(),
			util.Prioritized(pollParser{}, 90),
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewATXHeadingParser(), 600))...),
		parser.WithInlineParsers(inlines()...),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(smallTable{extension.NewTableParagraphTransformer()}, 200)),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

func messageParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(blocks()...),
		parser.WithInlineParsers(inlines()...),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100)),
	)
}

func blocks() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(shallow{parser.NewListParser()}, 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(shallow{hiddenParser{}}, 750),
		util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
}

func inlines() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(shortSearch{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(momentParser{}, 150),
		util.Prioritized(fewBrackets{parser.NewLinkParser()}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(mentionParser{}, 400),
		util.Prioritized(emojiParser{}, 400),
		util.Prioritized(fewDelimiters{parser.NewEmphasisParser()}, 500),
		util.Prioritized(fewDelimiters{extension.NewStrikethroughParser()}, 500),
		util.Prioritized(fewDelimiters{spoilerParser{}}, 500),
		util.Prioritized(extension.NewLinkifyParser(
			extension.WithLinkifyAllowedProtocols([]string{"http://", "https://"}),
			extension.WithLinkifyURLRegexp(bareURL),
			extension.WithLinkifyWWWRegexp(bareWWW)), 999),
	}
}

// Bare addresses may go on in any alphabet. Whether one leads anywhere is for target and
// likely to say: a pattern without counts or choices keeps the search linear.
var (
	bareURL = regexp.MustCompile(`^https?://[-\p{L}\p{M}\p{N}@:%_+.~#$!?&/=(),;'\[\]]+`)
	bareWWW = regexp.MustCompile(`^www\.[-\p{L}\p{M}\p{N}@:%_+.~#$!?&/=(),;'\[\]]+`)
)
