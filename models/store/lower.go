package store

import (
	"database/sql/driver"
	"strings"

	modernc "modernc.org/sqlite"
)

// lowering is SQLite's driver with a lower() that knows every capital, as Go's and Postgres's do. Its own
// knows those of ASCII alone, and whoever is called Özlem was not found by it.
func lowering() *modernc.Driver {
	d := &modernc.Driver{}
	d.MustRegisterDeterministicScalarFunction("lower", 1, lower)
	return d
}

func lower(_ *modernc.FunctionContext, args []driver.Value) (driver.Value, error) {
	switch text := args[0].(type) {
	case string:
		return strings.ToLower(text), nil
	case []byte:
		return strings.ToLower(string(text)), nil
	}
	return args[0], nil
}
