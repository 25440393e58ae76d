package store

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// All reads the rows of a statement into structs, as Find does: columns by their fields, what is null as
// nothing, a column without a field passed over. It is for what is read on every page, and costs a
// fraction of Find: the fields are looked up once for a kind of rows, and what the driver read goes
// straight into them.
func All[T any](db *DB) ([]T, error) {
	if s := db.Statement; s.Model == nil && s.Table == "" && s.SQL.Len() == 0 {
		db = db.Model(new(T))
	}
	rows, err := db.Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // Err has told
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	fields, err := fieldsOf(db, reflect.TypeFor[T](), names)
	if err != nil {
		return nil, err
	}
	cells, into := make([]cell, len(fields)), make([]any, len(fields))
	for i, f := range fields {
		cells[i].field, into[i] = f, &cells[i]
	}
	var all []T
	for rows.Next() {
		var row T
		all = append(all, row)
		whole := reflect.ValueOf(&all[len(all)-1]).Elem()
		for i := range cells {
			cells[i].of(whole)
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
	}
	return all, rows.Err()
}

// One is All of a statement that finds one row at the most: ErrNotFound if there is none.
func One[T any](db *DB) (row T, err error) {
	all, err := All[T](db.Limit(1))
	if err != nil {
		return row, err
	}
	if len(all) == 0 {
		return row, ErrNotFound
	}
	return all[0], nil
}

type rowKind struct {
	of    reflect.Type
	names string
}

var rowKinds sync.Map // []*schema.Field by rowKind

// fieldsOf are the fields of a struct for columns of those names, nil where there is none.
func fieldsOf(db *gorm.DB, of reflect.Type, names []string) ([]*schema.Field, error) {
	kind := rowKind{of, strings.Join(names, ",")}
	if known, ok := rowKinds.Load(kind); ok {
		return known.([]*schema.Field), nil
	}
	parsed := gorm.Statement{DB: db}
	if err := parsed.Parse(reflect.New(of).Interface()); err != nil {
		return nil, err
	}
	fields := make([]*schema.Field, len(names))
	for i, name := range names {
		if f := parsed.Schema.LookUpField(name); f != nil && f.Readable {
			fields[i] = f
		}
	}
	rowKinds.Store(kind, fields)
	return fields, nil
}

// cell is where one column of the row at hand goes.
type cell struct {
	field *schema.Field
	whole reflect.Value
	at    reflect.Value
}

func (c *cell) of(whole reflect.Value) {
	if c.field != nil {
		c.whole, c.at = whole, c.field.ReflectValueOf(context.Background(), whole)
	}
}

// Scan takes what the driver read. What is not of the field's own kind gorm turns into it.
func (c *cell) Scan(read any) error {
	if c.field == nil || read == nil {
		return nil
	}
	at := c.at
	if at.Kind() == reflect.Pointer {
		at = reflect.New(at.Type().Elem()).Elem()
	}
	if !put(at, read) {
		if b, ok := read.([]byte); ok {
			read = bytes.Clone(b) // it is the driver's own
		}
		return c.field.Set(context.Background(), c.whole, read)
	}
	if c.at.Kind() == reflect.Pointer {
		c.at.Set(at.Addr())
	}
	return nil
}

func put(at reflect.Value, read any) bool {
	switch read := read.(type) {
	case int64:
		if at.CanInt() {
			at.SetInt(read)
			return true
		}
	case string:
		if at.Kind() == reflect.String {
			at.SetString(read)
			return true
		}
	case bool:
		if at.Kind() == reflect.Bool {
			at.SetBool(read)
			return true
		}
	case float64:
		if at.CanFloat() {
			at.SetFloat(read)
			return true
		}
	case time.Time:
		if to, ok := at.Addr().Interface().(*time.Time); ok {
			*to = read
			return true
		}
	}
	return false
}
