package views

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"guildhall/models/problem"
)

// Faults are what is wrong with a form, by the name of the field; "" holds what belongs to none.
// What was typed is in the form still.
type Faults map[string]string

// FaultsOf is the fault that a Problem names, or nothing.
func FaultsOf(err error) Faults {
	p := problem.Of(err)
	if p == nil {
		return nil
	}
	return Faults{p.Field: p.Text}
}

// Input is one labelled control of a form. Its id is its name, so two forms of one page that share
// a name set ID.
type Input struct {
	Name  string
	ID    string
	Label string
	Hint  string
	Value string
	Fault string

	Type         string // "text" when empty; "area" is a text of several lines
	Rows         int    // of an area
	Max          int    // bytes, which the field says; 0: it is no text, or somebody else bounds it
	Required     bool
	Autocomplete string
	Placeholder  string
	Class        string // "big"
	Mode         string // inputmode
	Min, Most    string // of a number or date
}

func (f Input) id() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

// hint is what helps to fill it in, with its limit.
func (f Input) hint() string {
	if f.Max == 0 || strings.Contains(strings.ToLower(f.Hint), "at most") {
		return f.Hint
	}
	return strings.TrimSpace(f.Hint + " " + Limit(f.Max))
}

// Limit says how long a text may be. A letter takes one byte, with an accent or of another script two to four.
func Limit(bytes int) string { return "At most " + Number(int64(bytes)) + " bytes." }

// described names the elements that say more of a control: its hint, and what is wrong with it.
func described(id, hint, fault string) string {
	switch {
	case hint != "" && fault != "":
		return id + "-hint " + id + "-fault"
	case hint != "":
		return id + "-hint"
	case fault != "":
		return id + "-fault"
	}
	return ""
}

// Option is one of the choices of a Choice.
type Option struct {
	Value string
	Text  string
}

// Choice is one labelled list to choose from.
type Choice struct {
	Name    string
	ID      string
	Label   string
	Hint    string
	Value   string
	Fault   string
	Options []Option
	Class   string
}

func (c Choice) id() string {
	if c.ID != "" {
		return c.ID
	}
	return c.Name
}

// Segmented is one of the links of a Segment.
type Segmented struct {
	Text    string
	Href    string
	Current bool
	Count   int64  // 0: none shown
	What    string // that is counted, for the ear
}

func (f Input) attributes(class string) templ.OrderedAttributes {
	kind := f.Type
	if kind == "" {
		kind = "text"
	}
	a := control(class, f.id(), f.Name)
	if kind != "area" {
		a.add("type", kind)
	}
	a.add("autocomplete", f.Autocomplete)
	a.add("placeholder", f.Placeholder)
	a.add("inputmode", f.Mode)
	a.add("min", f.Min)
	a.add("max", f.Most)
	if f.Max > 0 {
		a.add("maxlength", strconv.Itoa(f.Max))
		a.add("data-most", strconv.Itoa(f.Max))
	}
	a.flag("required", f.Required)
	a.told(f.id(), f.hint(), f.Fault)
	return templ.OrderedAttributes(a)
}

func (c Choice) attributes() templ.OrderedAttributes {
	a := control("input "+c.Class, c.id(), c.Name)
	a.told(c.id(), c.Hint, c.Fault)
	return templ.OrderedAttributes(a)
}

// attributes of a control, in order; what is empty is left out.
type attributes templ.OrderedAttributes

func control(class, id, name string) (a attributes) {
	a.add("class", strings.TrimSpace(class))
	a.add("id", id)
	a.add("name", name)
	return a
}

func (a *attributes) add(name, value string) {
	if value != "" {
		*a = append(*a, templ.KeyValue[string, any]{Key: name, Value: value})
	}
}

func (a *attributes) flag(name string, on bool) {
	if on {
		*a = append(*a, templ.KeyValue[string, any]{Key: name, Value: true})
	}
}

// told ties a control to what says more of it.
func (a *attributes) told(id, hint, fault string) {
	a.add("aria-describedby", described(id, hint, fault))
	if fault != "" {
		a.add("aria-invalid", "true")
	}
}

// fieldID is where the summary of errors leads to for a field.
func fieldID(name string, ids map[string]string) string {
	if of, ok := ids[name]; ok {
		return of
	}
	return name
}

// faultNames orders a summary: what belongs to no field first.
func faultNames(f Faults) []string { return slices.Sorted(maps.Keys(f)) }

// any is one of the faults, for a form that has a single field.
func (f Faults) any() string {
	for _, name := range faultNames(f) {
		return f[name]
	}
	return ""
}
