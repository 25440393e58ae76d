package files

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Bucket is where an S3-compatible store keeps bytes: its address, the bucket in it, and what stands
// before every name there.
type Bucket struct {
	Endpoint    string // https://s3.example.org, without a path
	Region      string
	Name        string
	Prefix      string
	Key, Secret string
}

// S3 keeps bytes in a bucket, which is there already and open to nobody else: browsers never meet it.
type S3 struct {
	client *minio.Client
	bucket Bucket
}

// InBucket returns the store in a bucket. It asks nothing of it yet.
func InBucket(b Bucket) (*S3, error) {
	host, secure := strings.CutPrefix(b.Endpoint, "https://")
	client, err := minio.New(strings.TrimPrefix(host, "http://"), &minio.Options{
		Creds: credentials.NewStaticV4(b.Key, b.Secret, ""), Secure: secure, Region: b.Region,
		BucketLookup: minio.BucketLookupAuto, MaxRetries: 3,
	})
	if err != nil {
		return nil, err
	}
	return &S3{client: client, bucket: b}, nil
}

func (s *S3) name(name string) string { return s.bucket.Prefix + name }

// Put returns when the store has said that it keeps the bytes; it shows an object whole or not at all.
func (s *S3) Put(ctx context.Context, name string, body []byte) error {
	_, err := s.client.PutObject(ctx, s.bucket.Name, s.name(name), bytes.NewReader(body), int64(len(body)),
		minio.PutObjectOptions{ContentType: "application/octet-stream", DisableMultipart: true})
	if code := minio.ToErrorResponse(err).Code; code == "XMinioStorageFull" || code == "QuotaExceeded" {
		return errors.Join(ErrFull, err)
	}
	return err
}

// Get opens what is kept; stretches of it are fetched as they are read.
func (s *S3) Get(ctx context.Context, name string) (io.ReadSeekCloser, error) {
	body, err := s.client.GetObject(ctx, s.bucket.Name, s.name(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	if _, err := body.Stat(); err != nil {
		_ = body.Close() // the first error says more
		if minio.ToErrorResponse(err).StatusCode == http.StatusNotFound && minio.ToErrorResponse(err).Code != minio.NoSuchBucket {
			return nil, ErrNoBytes
		}
		return nil, err
	}
	return body, nil
}

// Drop forgets what is kept.
func (s *S3) Drop(ctx context.Context, name string) error {
	err := s.client.RemoveObject(ctx, s.bucket.Name, s.name(name), minio.RemoveObjectOptions{})
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return nil
	}
	return err
}

// Check writes a few bytes, reads them and takes them away again.
func (s *S3) Check(ctx context.Context) (string, error) {
	return "bucket " + s.bucket.Name + " at " + s.bucket.Endpoint, tryOut(ctx, s)
}
