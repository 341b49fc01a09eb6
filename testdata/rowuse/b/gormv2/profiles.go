package gormv2

import (
	"context"
	"encoding/json"
	"io"

	"gorm.io/gorm"
)

type Member struct {
	ID       uint   `json:"id"`
	Handle   string `json:"handle"`
	Bio      string `json:"bio"`
	Homepage string `json:"homepage"`
	Karma    int    `json:"karma"`
}

type MemberRepo struct{ db *gorm.DB }

func (r *MemberRepo) ByHandle(ctx context.Context, handle string) (*Member, error) {
	m, err := gorm.G[Member](r.db).Where("handle = ?", handle).Take(ctx)
	return &m, err
}

func (r *MemberRepo) SetBio(ctx context.Context, handle, bio string) error {
	_, err := gorm.G[Member](r.db).Where("handle = ?", handle).Update(ctx, "bio", bio)
	return err
}

type bioChange struct {
	Before *Member `json:"before"`
	After  *Member `json:"after"`
}

// PatchBio answers with the member before and after.
func PatchBio(ctx context.Context, repo *MemberRepo, w io.Writer, handle, bio string) (err error) {
	var c bioChange
	if c.Before, err = repo.ByHandle(ctx, handle); err != nil {
		return err
	}
	if err = repo.SetBio(ctx, handle, bio); err != nil {
		return err
	}
	if c.After, err = repo.ByHandle(ctx, handle); err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(c)
}
