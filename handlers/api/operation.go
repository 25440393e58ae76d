package api

import (
	"context"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"guildhall/handlers/ways"
	"guildhall/models/member"
)

// Operation is one way to read something: the whole of what is promised about it.
type Operation struct {
	Name    string // "list-topics"
	Path    string // "/api/v1/s/{space}/topics"
	Scope   member.Scope
	Surface ways.Surface
	Summary string

	answers reflect.Type
	declare func(a *API, library huma.API)
}

// Route is the operation's path as the table of routes writes it.
func (o Operation) Route() string {
	return strings.NewReplacer("{", ":", "}", "").Replace(o.Path)
}

// Operations lists every operation there is.
func Operations() []Operation { return append([]Operation(nil), operations...) }

var operations = []Operation{
	reads("me", "/api/v1/me", member.ReadMe, "settings", "Who the token belongs to, and what it may read", (*API).me),
	reads("list-spaces", "/api/v1/spaces", member.ReadSpaces, "space", "The spaces that are listed for you, open or closed, in the order of the sidebar", (*API).spaces),
	reads("read-space", "/api/v1/s/{space}", member.ReadSpaces, "space", "A space that you may read", (*API).space),
	reads("list-topics", "/api/v1/s/{space}/topics", member.ReadPosts, "space", "The topics of a space: pinned ones, then the latest activity first", (*API).topics),
	reads("read-topic", "/api/v1/s/{space}/t/{topic}", member.ReadPosts, "topic", "A topic", (*API).topic),
	reads("list-posts", "/api/v1/s/{space}/t/{topic}/posts", member.ReadPosts, "topic", "The posts of a topic, in order", (*API).posts),
	reads("list-messages", "/api/v1/s/{space}/chat", member.ReadChat, "room", "What was said in the room of a space, latest first", (*API).messages),
	reads("read-member", "/api/v1/members/{handle}", member.ReadMembers, "profile", "A member", (*API).member),
	reads("read-board", "/api/v1/standing", member.ReadStanding, "standing", "A leaderboard, and your place on it", (*API).board),
	reads("list-notifications", "/api/v1/notifications", member.ReadNotifications, "notifications", "What you were told, latest first. None of it is marked as read", (*API).notifications),
}

// reads declares an operation that answers what is asked with I by an O.
func reads[I, O any](name, path string, scope member.Scope, surface ways.Surface, summary string, do func(*API, context.Context, member.Visit, *I) (O, error)) Operation {
	type answer struct{ Body O }
	return Operation{
		Name: name, Path: path, Scope: scope, Surface: surface, Summary: summary, answers: reflect.TypeFor[O](),
		declare: func(a *API, library huma.API) {
			huma.Register(library, huma.Operation{
				OperationID: name, Method: http.MethodGet, Path: path, Summary: summary,
				Description: "Needs the scope `" + string(scope) + "`.",
				Security:    []map[string][]string{{"token": {string(scope)}}},
				Responses:   map[string]*huma.Response{"default": failed(library)},
			}, func(ctx context.Context, in *I) (*answer, error) {
				asked := ctx.Value(callKey{}).(*call)
				out, err := do(a, ctx, asked.visit, in)
				if err != nil {
					asked.err = err // the house turns it into an answer, and not the library
					return nil, nil
				}
				return &answer{out}, nil
			})
		},
	}
}

func failed(library huma.API) *huma.Response {
	schema := library.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Failure](), true, "Failure")
	return &huma.Response{
		Description: "What went wrong: 401 for a token that opens nothing, 403 for what is not open to it, 404 for what is not there, 422 for what cannot be asked, 429 for too much at once.",
		Content:     map[string]*huma.MediaType{"application/json": {Schema: schema}},
	}
}

// about is the head of the description.
func (a *API) about() *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "Guildhall", Version: "1",
			Description: "Read what you may read on the pages. Members make tokens under Settings, Tokens. " +
				"A list goes on with after, set to the next of the page before; without next it ends there. " +
				"Ids are texts of 11 letters, times are RFC 3339 in UTC.",
		},
		Servers: []*huma.Server{{URL: a.BaseURL}},
		Components: &huma.Components{
			Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"token": {Type: "http", Scheme: "bearer", BearerFormat: "gh_…", Description: "A personal token. It only reads, and never more than its member."},
			},
		},
	}
}
