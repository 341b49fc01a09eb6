package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/nplusgone/nplusgone/internal/overlay"
)

// A wireClient is a client of PostgreSQL among the modules that the main modules require. It need not use database/sql.
type wireClient struct{ Path, Version string }

// isWireClient reports whether a module speaks PostgreSQL's protocol without database/sql: pgx from v4 on, and what v4 connects with.
func isWireClient(path string) bool {
	return path == "github.com/jackc/pgx/v4" || path == "github.com/jackc/pgx/v5" || path == "github.com/jackc/pgconn"
}

// need returns the parts of the overlay that the main modules need, and keeps the clients of PostgreSQL that they are or require. A go.mod
// lists all modules that have a package of the build.
func (s *setup) need(ctx context.Context) (parts []overlay.Part, err error) {
	specs := false
	for _, m := range s.modules {
		required := []wireClient{{Path: m.Path}}
		if m.GoMod != "" {
			out, err := s.tool.Go(ctx, "mod", "edit", "-json", m.GoMod).Output()
			if err != nil {
				return nil, fmt.Errorf("reading %s: %s", m.GoMod, saidBy(err))
			}
			var mod struct{ Require []wireClient }
			if err := json.Unmarshal(out, &mod); err != nil {
				return nil, fmt.Errorf("reading the output of go mod edit: %w", err)
			}
			required = append(required, mod.Require...)
		}
		for _, r := range required {
			specs = specs || r.Path == "github.com/onsi/ginkgo/v2"
			if isWireClient(r.Path) {
				s.clients = append(s.clients, r)
			}
		}
	}
	if len(s.clients) > 0 {
		parts = append(parts, overlay.Wire)
	}
	if specs {
		parts = append(parts, overlay.Specs)
	}
	return parts, nil
}

// unseen reports whether the client reads and writes its sockets itself, past package net: pgx did from v5.0 to v5.3.
func (c wireClient) unseen() bool {
	for _, minor := range []string{"v5.0.", "v5.1.", "v5.2.", "v5.3."} {
		if strings.HasPrefix(c.Version, minor) {
			return true
		}
	}
	return false
}
