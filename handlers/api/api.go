// Package api is what programs read: typed operations, each declared once. The row in the table of
// routes, the check of what is asked and the OpenAPI document all come from that declaration, and
// what goes out is made of this package's own types: a field that is not in one of them goes nowhere.
package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"guildhall/models"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/views"
)

// Deps are what the operations read from.
type Deps struct {
	Club    *models.Club
	BaseURL string
	// People returns members as they are named, with status and tier, in a fixed number of statements.
	People func(ctx context.Context, ids []id.ID) (map[id.ID]views.Person, error)
}

// API answers the operations of one club. It is safe for use by many goroutines.
type API struct {
	Deps
	run      map[string]func(huma.Context) // by the name of the operation
	document []byte
}

// New returns the API of a club.
func New(deps Deps) (*API, error) {
	a := &API{Deps: deps, run: map[string]func(huma.Context){}}
	library := huma.NewAPI(huma.Config{
		OpenAPI:                      a.about(),
		Formats:                      map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat:                "application/json",
		RejectUnknownQueryParameters: true,
	}, collector{a})
	schemas := library.OpenAPI().Components.Schemas
	for _, op := range operations {
		op.declare(a, library)
	}
	for _, unused := range []string{"ErrorModel", "ErrorDetail"} {
		delete(schemas.Map(), unused) // the library's own shape of a failure: ours is Failure
	}
	var err error
	a.document, err = json.Marshal(library.OpenAPI())
	return a, err
}

// Document is the OpenAPI description of all operations, as JSON.
func (a *API) Document() []byte { return a.document }

// collector keeps what the library would hang on a router: the table of routes hangs it.
type collector struct{ api *API }

func (c collector) Handle(op *huma.Operation, handler func(huma.Context)) {
	c.api.run[op.OperationID] = func(ctx huma.Context) {
		r, w := humago.Unwrap(ctx)
		handler(humago.NewContext(op, r, w))
	}
}

func (c collector) ServeHTTP(http.ResponseWriter, *http.Request) {}

// Answer is what an operation answers with, whole before any of it goes out.
type Answer struct {
	Status int
	Kind   string
	Body   []byte
}

// Run answers one request of somebody's program. An error is for handlers/fail.go to turn into an
// answer, like that of any page.
func (a *API) Run(name string, v member.Visit, r *http.Request, parts map[string]string) (Answer, error) {
	asked := &call{visit: v}
	r = r.WithContext(context.WithValue(r.Context(), callKey{}, asked))
	for part, value := range parts {
		r.SetPathValue(part, value)
	}
	s := sheet{status: http.StatusOK, header: http.Header{}}
	a.run[name](humago.NewContext(nil, r, &s))
	if asked.err != nil {
		return Answer{}, asked.err
	}
	if s.status >= http.StatusBadRequest {
		return Answer{}, s.refusal()
	}
	return Answer{s.status, s.header.Get("Content-Type"), s.Bytes()}, nil
}

// call is one request on its way through the library.
type call struct {
	visit member.Visit
	err   error
}

type callKey struct{}

// sheet is what the library writes on.
type sheet struct {
	bytes.Buffer
	status int
	header http.Header
}

func (s *sheet) Header() http.Header    { return s.header }
func (s *sheet) WriteHeader(status int) { s.status = status }

// refusal is what the library found wrong with a request, as a problem of the house.
func (s *sheet) refusal() error {
	var said huma.ErrorModel
	if err := json.Unmarshal(s.Bytes(), &said); err != nil || len(said.Errors) == 0 {
		return problem.Invalid("", "That request cannot be answered. The description of the API is at /api/openapi.json.")
	}
	first := said.Errors[0]
	field := first.Location[strings.LastIndex(first.Location, ".")+1:]
	return problem.Invalid(field, "%s cannot be taken: %s. The description of the API is at /api/openapi.json.", field, first.Message)
}
