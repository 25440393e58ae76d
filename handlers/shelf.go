package handlers

import (
	"fmt"
	"net/url"
	"strings"

	"guildhall/models/files"
)

// Shelf says where uploads are kept, and how much of them.
type Shelf struct {
	Files    string `env:"GUILDHALL_FILES" envDefault:"data/files" about:"Where uploads are kept: a folder, or s3://bucket or s3://bucket/folder for an S3-compatible store."`
	Endpoint string `env:"GUILDHALL_FILES_ENDPOINT" about:"The address of that store: https://s3.example.org, without the bucket."`
	Region   string `env:"GUILDHALL_FILES_REGION" envDefault:"us-east-1" about:"The region of its buckets."`
	Key      string `env:"GUILDHALL_FILES_KEY" about:"The access key that it gave."`
	Secret   Secret `env:"GUILDHALL_FILES_SECRET" about:"The secret that goes with it."`
	Quota    int64  `env:"GUILDHALL_FILES_QUOTA" envDefault:"1000" about:"How many megabytes of uploads one member may have; 0 for any number."`
}

// s3 tells whether uploads go to a bucket, and to which.
func (s Shelf) s3() (bucket, folder string, ok bool) {
	at, ok := strings.CutPrefix(s.Files, "s3://")
	if !ok {
		return "", "", false
	}
	bucket, folder, _ = strings.Cut(strings.TrimSuffix(at, "/"), "/")
	if folder != "" {
		folder += "/"
	}
	return bucket, folder, true
}

func (s Shelf) check() error {
	if s.Quota < 0 {
		return fmt.Errorf("GUILDHALL_FILES_QUOTA cannot be negative")
	}
	bucket, _, ok := s.s3()
	if !ok {
		return nil
	}
	at, err := url.Parse(s.Endpoint)
	switch {
	case bucket == "":
		return fmt.Errorf("GUILDHALL_FILES is %q: write s3:// and a bucket", s.Files)
	case err != nil || at.Scheme != "https" && at.Scheme != "http" || at.Hostname() == "" || strings.Trim(at.Path, "/") != "" || at.User != nil || at.RawQuery != "":
		return fmt.Errorf("GUILDHALL_FILES_ENDPOINT is %q: write https:// and the host of the store", s.Endpoint)
	case s.Key == "" || s.Secret == "":
		return fmt.Errorf("GUILDHALL_FILES names a bucket: GUILDHALL_FILES_KEY and GUILDHALL_FILES_SECRET are needed to open it")
	}
	return nil
}

// Open returns the store in which uploads are kept, and how many bytes of it one member may have.
func (s Shelf) Open() (files.Store, int64, error) {
	quota := s.Quota << 20
	bucket, folder, ok := s.s3()
	if !ok {
		disk, err := files.OnDisk(s.Files)
		if err != nil {
			return nil, 0, fmt.Errorf("GUILDHALL_FILES: %w", err)
		}
		return disk, quota, nil
	}
	s3, err := files.InBucket(files.Bucket{
		Endpoint: strings.TrimSuffix(s.Endpoint, "/"), Region: s.Region, Name: bucket, Prefix: folder, Key: s.Key, Secret: string(s.Secret),
	})
	return s3, quota, err
}
