package tickets

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/nplusgone/nplusgone/testdata/blind/b/tickets/db"
)

// Discussion writes a comment and everything below it.
func Discussion(ctx context.Context, q db.Querier, start int64) (string, error) {
	var b strings.Builder
	var walk func(id int64, indent string) error
	walk = func(id int64, indent string) error {
		replies, err := q.ListReplies(ctx, id)
		if err != nil {
			return err
		}
		for _, r := range replies { // want loop: recursive-query
			b.WriteString(indent + r.Author + ": " + r.Body + "\n")
			if err := walk(r.ID, indent+"> "); err != nil {
				return err
			}
		}
		return nil
	}
	err := walk(start, "")
	return b.String(), err
}

type node struct {
	comment  db.Comment
	children []*node
}

func (n *node) write(b *strings.Builder, indent string) {
	b.WriteString(indent + n.comment.Author + ": " + n.comment.Body + "\n")
	for _, c := range n.children {
		c.write(b, indent+"> ")
	}
}

// Transcript writes all the comments on a ticket.
func Transcript(ctx context.Context, q db.Querier, ticket uuid.UUID) (string, error) {
	comments, err := q.Thread(ctx, ticket)
	if err != nil {
		return "", err
	}
	nodes := make(map[int64]*node, len(comments))
	var roots []*node
	for _, c := range comments {
		n := &node{comment: c}
		nodes[c.ID] = n
		if parent, ok := nodes[c.ParentID.Int64]; ok && c.ParentID.Valid {
			parent.children = append(parent.children, n)
		} else {
			roots = append(roots, n)
		}
	}
	var b strings.Builder
	for _, r := range roots {
		r.write(&b, "")
	}
	return b.String(), nil
}
