// Package folders walks a tree of folders. In each folder a loop reads the notes and the tags of each item. An
// n-plus-one is wanted for notes and tags at the loop over the items, which are not nodes of the tree. The
// statements of the walk itself may be reported as recursive-query.
package folders

import "database/sql"

type store struct{ db *sql.DB }

func (s *store) ids(q string, args ...any) (out []string) {
	rows, err := s.db.Query(q, args...)
	if err != nil {
		panic(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			panic(err)
		}
		out = append(out, id)
	}
	return out
}

func (s *store) Read(folder string) {
	for _, item := range s.ids(`SELECT id FROM items WHERE folder_id = ? ORDER BY id`, folder) { // loop
		s.ids(`SELECT text FROM notes WHERE item_id = ?`, item)
		s.ids(`SELECT text FROM tags WHERE item_id = ?`, item)
	}
	for _, child := range s.ids(`SELECT id FROM folders WHERE parent_id = ? ORDER BY id`, folder) { // loopFolders
		s.Read(child)
	}
}
