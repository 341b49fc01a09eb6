package ent

import (
	"context"
	"fmt"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent/quota"
)

type quotaService struct{ client *ent.Client }

func (s *quotaService) inTx(ctx context.Context, f func(tx *ent.Tx) error) error {
	tx, err := s.client.Tx(ctx)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

// Consume takes some of a tenant's quota.
func (s *quotaService) Consume(ctx context.Context, tenant string, n int64) (left int64, err error) {
	err = s.inTx(ctx, func(tx *ent.Tx) error {
		q, err := tx.Quota.Query().Where(quota.Tenant(tenant)).ForUpdate().Only(ctx)
		if err != nil {
			return err
		}
		used := q.Used + n
		if used > q.Allowed {
			return fmt.Errorf("tenant %s: %d of %d used", tenant, q.Used, q.Allowed)
		}
		left = q.Allowed - used
		return tx.Quota.UpdateOne(q).SetUsed(used).Exec(ctx)
	})
	return left, err
}
