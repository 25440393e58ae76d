package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/handlers/api"
	"guildhall/handlers/live"
	"guildhall/models/access"
)

// operations are the rows of the API. Each comes from the declaration of its operation, and so does
// what the description of the API says of it.
func operations() []Route {
	var rows []Route
	for _, op := range api.Operations() {
		rows = append(rows, on(get, op.Route(), run(op.Name), Token, op.Scope, Safe, Tokens, op.Surface).upTo(1<<10))
	}
	return rows
}

// run answers an operation of the API.
func run(name string) func(*Site, echo.Context) error {
	return func(s *Site, c echo.Context) error {
		parts := map[string]string{}
		for _, part := range c.ParamNames() {
			parts[part] = c.Param(part)
		}
		a, err := s.api.Run(name, visit(c), c.Request(), parts)
		if err != nil {
			return err
		}
		return c.Blob(a.Status, a.Kind, a.Body)
	}
}

// openapi is the description of the API, the same for everybody.
func (s *Site) openapi(c echo.Context) error {
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, s.api.Document())
}

// asyncapi is the description of the live line, the same for everybody.
func (s *Site) asyncapi(c echo.Context) error {
	document, err := live.Describe(s.conf.BaseURL, s.cookie.name)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, document)
}

// doorFor is what a program reads of a space that is closed to it: the keys that open it, as its
// door shows them to people. What was asked for below it is not looked up.
func (s *Site) doorFor(c echo.Context, shut *access.Shut) (*api.Door, error) {
	ctx, v := c.Request().Context(), viewer(c)
	sp, err := s.club.Spaces.Get(ctx, v, shut.Space)
	if err != nil {
		return nil, err
	}
	ways, err := s.club.Access.Ways(ctx, v, sp.ID, shut.Verb)
	if err != nil {
		return nil, err
	}
	door := &api.Door{Space: sp.Slug, Name: sp.Name, Ways: make([][]api.Need, len(ways))}
	for i, way := range ways {
		for _, n := range way {
			door.Ways[i] = append(door.Ways[i], api.Need{Key: n.Name, Met: n.Met, Have: n.Have, Want: n.Want, Gap: n.Gap})
		}
	}
	return door, nil
}
