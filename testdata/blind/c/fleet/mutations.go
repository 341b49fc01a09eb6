package fleet

import (
	"strings"

	"github.com/graphql-go/graphql"
)

var readingInput = graphql.NewInputObject(graphql.InputObjectConfig{Name: "Reading", Fields: graphql.InputObjectConfigFieldMap{
	"plate": &graphql.InputObjectFieldConfig{Type: graphql.String},
	"km":    &graphql.InputObjectFieldConfig{Type: graphql.Int},
}})

func (a *api) mutations() *graphql.Object {
	readings := graphql.FieldConfigArgument{"readings": &graphql.ArgumentConfig{Type: graphql.NewList(readingInput)}}
	plates := graphql.FieldConfigArgument{"plates": &graphql.ArgumentConfig{Type: graphql.NewList(graphql.String)}}
	return graphql.NewObject(graphql.ObjectConfig{Name: "Mutation", Fields: graphql.Fields{
		"recordOdometers": &graphql.Field{Type: graphql.Int, Args: readings, Resolve: a.recordOdometers},
		"syncOdometers":   &graphql.Field{Type: graphql.Int, Args: readings, Resolve: a.syncOdometers},
		"retire":          &graphql.Field{Type: graphql.Int, Args: plates, Resolve: a.retire},
	}})
}

func (a *api) recordOdometers(p graphql.ResolveParams) (any, error) {
	list := p.Args["readings"].([]any)
	tx, err := a.db.BeginTx(p.Context, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	for _, item := range list { // want loop: row-by-row-update
		r := item.(map[string]any)
		if _, err := tx.ExecContext(p.Context, `UPDATE vehicles SET odometer = $1 WHERE plate = $2`, r["km"], r["plate"]); err != nil {
			return nil, err
		}
	}
	return len(list), tx.Commit()
}

func (a *api) syncOdometers(p graphql.ResolveParams) (any, error) {
	list := p.Args["readings"].([]any)
	var q strings.Builder
	q.WriteString(`UPDATE vehicles SET odometer = CASE plate`)
	var args []any
	in := make([]string, 0, len(list))
	for _, item := range list {
		r := item.(map[string]any)
		q.WriteString(" WHEN ? THEN ?")
		args = append(args, r["plate"], r["km"])
		in = append(in, "?")
	}
	for _, item := range list {
		args = append(args, item.(map[string]any)["plate"])
	}
	q.WriteString(" ELSE odometer END WHERE plate IN (" + strings.Join(in, ",") + ")")
	res, err := a.db.ExecContext(p.Context, q.String(), args...)
	if err != nil {
		return nil, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

func (a *api) retire(p graphql.ResolveParams) (any, error) {
	gone := 0
	for _, plate := range p.Args["plates"].([]any) { // want loop: row-by-row-delete
		res, err := a.db.Exec(`DELETE FROM services WHERE plate = $1`, plate)
		if err != nil {
			return nil, err
		}
		n, _ := res.RowsAffected()
		gone += int(n)
	}
	return gone, nil
}
