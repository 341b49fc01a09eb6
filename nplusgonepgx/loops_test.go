package nplusgonepgx_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/nplusgone/nplusgone/nplusgonepgx/testdata/blog"
)

var modes = []pgx.QueryExecMode{
	pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol,
}

func TestTry(t *testing.T) {
	c := config(t)
	for _, mode := range modes {
		c.ConnConfig.DefaultQueryExecMode = mode
		conn := connect(t, c)
		d := in(t, func(ctx context.Context) error {
			_, err := blog.AuthorsOneByOne(ctx, conn)
			return err
		})
		show(t, d)
	}
}
