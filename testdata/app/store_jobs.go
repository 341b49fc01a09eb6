package app

import "context"

// JobIDs loads the ids of the jobs in a queue, next job first.
func (s *store) JobIDs(ctx context.Context, queue string) ([]int64, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id FROM jobs WHERE queue = ? ORDER BY run_at, id`, queue)
	if err != nil {
		return nil, err
	}
	defer rows.Close()

	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
