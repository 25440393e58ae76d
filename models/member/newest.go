package member

import "context"

// Newest returns the ten members who joined last, latest first.
func (s *Members) Newest(ctx context.Context) (found []Named, err error) {
	err = s.store.Read(ctx).Table("members").Where("left_at is null").Order("number desc").Limit(10).Find(&found).Error
	return found, err
}
