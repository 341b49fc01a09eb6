package sqlc

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"

	"github.com/nplusgone/nplusgone/testdata/rowuse"
	"github.com/nplusgone/nplusgone/testdata/rowuse/a/sqlc/docsdb"
)

type treeNode struct {
	Key   int64  `json:"key"`
	Label string `json:"label"`
}

type folderService struct{ q *docsdb.Queries }

func (s *folderService) children(ctx context.Context, folder int64) ([]treeNode, error) {
	docs, err := s.q.ListDocumentsInFolder(ctx, folder) // also: unused-columns
	if err != nil {
		return nil, err
	}
	nodes := make([]treeNode, len(docs))
	for i, d := range docs {
		nodes[i] = treeNode{Key: d.ID, Label: d.Title}
	}
	return nodes, nil
}

func (s *folderService) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	nodes, err := s.children(r.Context(), 5)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(nodes)
}

var folderTree = rowuse.Case{
	Name:   "documents of a folder as nodes of a tree",
	Want:   []string{rowuse.UnusedColumns},
	Why:    "Bodies, outlines and thumbnails are read, only id and title become nodes.",
	Driver: "sqlite3",
	Schema: `
CREATE TABLE documents (id INTEGER PRIMARY KEY, folder_id INTEGER NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, outline TEXT NOT NULL, thumbnail BLOB NOT NULL, created_at DATETIME NOT NULL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 48) INSERT INTO documents SELECT i, i % 6, 'Doc ' || i, printf('%.*c', 5000, 'b'), printf('%.*c', 500, 'o'), randomblob(2000), '2024-01-01 00:00:00' FROM n;
`,
	Run: func(ctx context.Context, db *sql.DB) error {
		rec := httptest.NewRecorder()
		(&folderService{docsdb.New(db)}).ServeHTTP(rec, httptest.NewRequest("GET", "/tree/5", nil).WithContext(ctx))
		Sink = rec.Body.String()
		return statusErr(rec)
	},
}
