"""Routes of shipping."""

from __future__ import annotations

from django.urls import path

from .views import arrivals, asking, batches, dispatching, inspection, setting, shipments, together, waiting

app_name = "fulfillment"
urlpatterns = [
    path("shipping/", waiting.waiting, name="waiting"),
    path("shipping/instruct/", waiting.instruct, name="instruct"),
    path("shipping/batches/", batches.batch_list, name="batch_list"),
    path("shipping/batches/<int:batch_id>/", batches.batch, name="batch"),
    path("shipping/batches/<int:batch_id>/job/", batches.batch_job, name="batch_job"),
    path("shipping/batches/<int:batch_id>/print/", batches.batch_print, name="batch_print"),
    path("shipping/batches/<int:batch_id>/picking/", batches.batch_picking, name="batch_picking"),
    path("shipping/batches/<int:batch_id>/papers/<slug:kind>/", batches.batch_paper, name="batch_paper"),
    path("shipping/batches/<int:batch_id>/labels/<slug:adapter>/", batches.batch_labels, name="batch_labels"),
    path("shipping/files/<int:file_id>/", batches.carrier_file, name="carrier_file"),
    path("shipping/issued/", batches.issued_start, name="issued_start"),
    path("shipping/issued/read/", batches.issued_in, name="issued_in"),
    path("shipping/issued/<int:file_id>/", batches.issued, name="issued"),
    path("shipping/history/", arrivals.history, name="history"),
    path("shipping/history/<int:file_id>/", arrivals.history_file, name="history_file"),
    path("shipping/inspect/", inspection.inspect, name="inspect"),
    path("shipping/inspect/<int:shipment_id>/", inspection.inspect_box, name="inspect_box"),
    path("shipping/inspect/<int:shipment_id>/undo/", inspection.inspect_undo, name="inspect_undo"),
    path("shipping/inspect/<int:shipment_id>/count/", inspection.inspect_count, name="inspect_count"),
    path("shipping/inspect/<int:shipment_id>/pass/", inspection.inspect_pass, name="inspect_pass"),
    path("shipping/inspect/<int:shipment_id>/pack/", inspection.inspect_pack, name="inspect_pack"),
    path("shipping/dispatch/", dispatching.dispatch, name="dispatch"),
    path("shipping/dispatch/now/", dispatching.dispatch_now, name="dispatch_now"),
    path("shipping/dispatch/jobs/<int:job_id>/", dispatching.dispatch_job, name="dispatch_job"),
    path("shipping/close/", dispatching.close, name="close"),
    path("shipping/all/", shipments.shipment_list, name="shipment_list"),
    path("shipping/<int:shipment_id>/", shipments.shipment, name="shipment"),
    path("shipping/<int:shipment_id>/tracking/", shipments.tracking, name="tracking"),
    path("shipping/<int:shipment_id>/state/", arrivals.state, name="state"),
    path("shipping/<int:shipment_id>/undo/", arrivals.undo, name="undo"),
    path("shipping/<int:shipment_id>/pack/", shipments.pack, name="pack"),
    path("shipping/<int:shipment_id>/again/", shipments.inspect_again, name="inspect_again"),
    path("shipping/<int:shipment_id>/note.pdf", shipments.note_pdf, name="note_pdf"),
    path("shipping/<int:shipment_id>/picking.pdf", shipments.picking_pdf, name="picking_pdf"),
    path("shipping/orders/<int:order_id>/pull-back/", shipments.pull_back, name="pull_back"),
    path("shipping/orders/<int:order_id>/cancel/", shipments.cancel_and_pull_back, name="cancel_and_pull_back"),
    path("shipping/orders/<int:order_id>/panel/", shipments.panel, name="panel"),
    path("shipping/together/", together.bundle_list, name="bundle_list"),
    path("shipping/together/<int:bundle_id>/apart/", together.apart, name="apart"),
    path("shipping/orders/<int:order_id>/together/", together.panel, name="together"),
    path("shipping/orders/<int:order_id>/bundle/", together.combine, name="combine"),
    path("shipping/orders/<int:order_id>/divide/", together.divide, name="divide"),
    path("shipping/orders/<int:order_id>/join/", together.join, name="join"),
    path("shipping/orders/<int:order_id>/parts/", together.parts, name="parts"),
    path("answer/<str:token>/", asking.answer, name="answer"),
    path("settings/carrier-files/", setting.contract, name="contract"),
]
