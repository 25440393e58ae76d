package bucket

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	algorithm  = "AWS4-HMAC-SHA256"
	inChunks   = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
	stampShape = "20060102T150405Z"
	tolerance  = 15 * time.Minute
)

var authorization = regexp.MustCompile(`^AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$`)

// signed holds a request to its signature, and returns the body that was signed with it.
func signed(r *http.Request) ([]byte, error) {
	m := authorization.FindStringSubmatch(r.Header.Get("Authorization"))
	if m == nil {
		return nil, fmt.Errorf("it is not signed: %q", r.Header.Get("Authorization"))
	}
	stamp := r.Header.Get("X-Amz-Date")
	at, err := time.Parse(stampShape, stamp)
	if err != nil || time.Since(at).Abs() > tolerance || !strings.HasPrefix(stamp, m[2]) {
		return nil, fmt.Errorf("it is of another time: %q", stamp)
	}
	if m[1] != Key || m[3] != Region {
		return nil, fmt.Errorf("it is signed by %s for %s", m[1], m[3])
	}
	headers := strings.Split(m[4], ";")
	for _, needed := range []string{"host", "x-amz-content-sha256", "x-amz-date"} {
		if !slices.Contains(headers, needed) {
			return nil, fmt.Errorf("its signature leaves out %s", needed)
		}
	}
	key := signingKey(m[2])
	want := sign(key, strings.Join([]string{algorithm, stamp, m[2] + "/" + Region + "/s3/aws4_request", hashed([]byte(canonical(r, headers)))}, "\n"))
	if subtle.ConstantTimeCompare([]byte(want), []byte(m[5])) != 1 {
		return nil, errors.New("its signature is another")
	}
	return bodyOf(r, chain{key: key, scope: m[2] + "/" + Region + "/s3/aws4_request", stamp: stamp, last: m[5]})
}

// canonical is a request in the one form that is signed.
func canonical(r *http.Request, headers []string) string {
	var named strings.Builder
	for _, name := range headers {
		value := strings.Join(r.Header.Values(name), ",")
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = strconv.FormatInt(r.ContentLength, 10)
		}
		named.WriteString(name + ":" + strings.Join(strings.Fields(value), " ") + "\n")
	}
	query := strings.ReplaceAll(r.URL.Query().Encode(), "+", "%20") // by name, as is asked for
	return strings.Join([]string{r.Method, (&url.URL{Path: r.URL.Path}).EscapedPath(), query, named.String(), strings.Join(headers, ";"), r.Header.Get("X-Amz-Content-Sha256")}, "\n")
}

// bodyOf reads the body and holds it to what was signed of it.
func bodyOf(r *http.Request, c chain) ([]byte, error) {
	promised := r.Header.Get("X-Amz-Content-Sha256")
	if promised == inChunks {
		return c.read(bufio.NewReader(r.Body))
	}
	body, err := whole(r.Body)
	if err == nil && hashed(body) != promised {
		err = fmt.Errorf("its body is not the one that was signed: %s", promised)
	}
	return body, err
}

// chain is a body in chunks, the signature of each of which goes into that of the next.
type chain struct {
	key                []byte
	scope, stamp, last string
}

var chunkHead = regexp.MustCompile(`^([0-9a-f]+);chunk-signature=([0-9a-f]{64})\r\n$`)

func (c chain) read(in *bufio.Reader) ([]byte, error) {
	var all bytes.Buffer
	for {
		line, err := in.ReadString('\n')
		m := chunkHead.FindStringSubmatch(line)
		if err != nil || m == nil {
			return nil, fmt.Errorf("a chunk begins with %q: %w", line, errors.Join(err, io.ErrUnexpectedEOF))
		}
		size, err := strconv.ParseInt(m[1], 16, 32)
		if err != nil {
			return nil, err
		}
		body := make([]byte, size+2)
		if _, err := io.ReadFull(in, body); err != nil {
			return nil, err
		}
		body = body[:size]
		want := sign(c.key, strings.Join([]string{algorithm + "-PAYLOAD", c.stamp, c.scope, c.last, hashed(nil), hashed(body)}, "\n"))
		if subtle.ConstantTimeCompare([]byte(want), []byte(m[2])) != 1 {
			return nil, errors.New("the signature of a chunk is another")
		}
		if c.last = m[2]; size == 0 {
			return all.Bytes(), nil
		}
		all.Write(body)
	}
}

func signingKey(day string) []byte {
	key := []byte("AWS4" + Secret)
	for _, part := range []string{day, Region, "s3", "aws4_request"} {
		key = mac(key, part)
	}
	return key
}

func sign(key []byte, text string) string { return hex.EncodeToString(mac(key, text)) }

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	_, _ = h.Write([]byte(text)) // a hash takes all
	return h.Sum(nil)
}

func hashed(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
