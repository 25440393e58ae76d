package live

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
)

// asks are the fields that each operation has beside "op" and "ref", tells those of each frame that goes
// down beside "type"; what may be left out has a question mark. What they are of stands in up and down.
var (
	asks = map[string]string{
		"join": "room seq?", "leave": "room", "typing": "room",
		"send": "room key text reply?", "edit": "id text from?", "remove": "id", "react": "id kind on", "read": "room upto",
		"ping": "",
	}
	tells = map[string]string{
		"ack": "ref? room? seq? data?", "error": "ref? code text",
		"change": "room seq kind id html? data?", "reset": "room seq", "evicted": "room",
		"typing": "room html? data?", "presence": "room html? data?",
		"unread": "room? html? data?", "notice": "html? data?", "standing": "html? data?", "badge": "html? data?",
	}
)

// Describe is the live line as AsyncAPI 3 has it, seen from the club at base: it receives the operations
// and sends the frames. The login session comes in that cookie.
func Describe(base, cookie string) ([]byte, error) {
	at, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	messages, operations := object{}, object{}
	answers := []object{ref("channels/live/messages/down.ack"), ref("channels/live/messages/down.error")}
	for _, op := range Operations() {
		name := "up." + op.Name
		messages[name] = object{"name": op.Name, "payload": shape(reflect.TypeFor[up](), "op", op.Name, "ref? "+asks[op.Name])}
		operations[name] = object{
			"action": "receive", "channel": ref("channels/live"), "messages": []object{ref("channels/live/messages/" + name)},
			"reply": object{"channel": ref("channels/live"), "messages": answers},
			"x-who": op.Gate, "x-rate": op.Rate,
		}
	}
	for _, f := range Frames() {
		name := "down." + f.Name
		messages[name] = object{"name": f.Name, "payload": shape(reflect.TypeFor[down](), "type", f.Name, tells[f.Name])}
		operations[name] = object{
			"action": "send", "channel": ref("channels/live"), "messages": []object{ref("channels/live/messages/" + name)},
			"x-audience": f.Audience,
		}
	}
	return json.Marshal(object{
		"asyncapi": "3.0.0",
		"info": object{
			"title": "The live line", "version": "1.0.0",
			"description": "What happens now, over one websocket. The subprotocol says whether frames carry HTML fragments or values. Sequences, resuming, close codes and limits are described in PROTOCOL.md, which comes with the program.",
		},
		"defaultContentType": "application/json",
		"servers": object{"club": object{
			"host": at.Host, "protocol": strings.Replace(at.Scheme, "http", "ws", 1), "security": []object{ref("components/securitySchemes/session")},
		}},
		"channels": object{"live": object{
			"address": "/live", "messages": messages,
			"bindings": object{"ws": object{"method": "GET", "headers": object{
				"type": "object", "required": []string{"Origin", "Sec-WebSocket-Protocol"},
				"properties": object{"Origin": object{"const": base}, "Sec-WebSocket-Protocol": object{"enum": subprotocols}},
			}}},
		}},
		"operations": operations,
		"components": object{"securitySchemes": object{"session": object{"type": "httpApiKey", "in": "cookie", "name": cookie, "description": "A login session; without one a guest listens where guests may read."}}},
	})
}

type object map[string]any

func ref(to string) object { return object{"$ref": "#/" + to} }

// shape is the schema of a frame: the word that says which it is, and its fields as the struct has them.
func shape(of reflect.Type, word, is, fields string) object {
	kinds := kindsIn(of)
	properties, required := object{word: object{"const": is}}, []string{word}
	for field := range strings.FieldsSeq(fields) {
		name, optional := strings.CutSuffix(field, "?")
		properties[name] = kinds[name]
		if !optional {
			required = append(required, name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required}
}

// kindsIn are the schemas of a struct's fields, by their names in JSON.
func kindsIn(of reflect.Type) map[string]object {
	all := map[string]object{}
	for field := range of.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		kind := field.Type
		if kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		switch {
		case field.Anonymous:
			for name, schema := range kindsIn(kind) {
				all[name] = schema
			}
		case kind == reflect.TypeFor[json.RawMessage]():
			all[name] = object{}
		case kind.Kind() == reflect.String:
			all[name] = object{"type": "string"}
		case kind.Kind() == reflect.Int64:
			all[name] = object{"type": "integer", "format": "int64"}
		case kind.Kind() == reflect.Bool:
			all[name] = object{"type": "boolean"}
		}
	}
	if ref, ok := all["ref"]; ok && all["op"] != nil {
		ref["maxLength"] = longestRef
	}
	return all
}
