"""Workflows: a drawing of another program is brought in, started on a record and run."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from playwright.sync_api import expect

from looking_around import first_record
from runner import test
from visit import House

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
  <bpmn:process id="first_order" name="首单关怀" isExecutable="true">
    <bpmn:laneSet id="ls"><bpmn:lane id="l1" name="客户关怀"><bpmn:flowNodeRef>ask</bpmn:flowNodeRef><bpmn:flowNodeRef>note</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
    <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="ask"/>
    <bpmn:userTask id="ask" name="问候客户"/><bpmn:sequenceFlow id="b" sourceRef="ask" targetRef="note"/>
    <bpmn:userTask id="note" name="记录反馈"/><bpmn:sequenceFlow id="c" sourceRef="note" targetRef="e"/>
    <bpmn:endEvent id="e"/>
  </bpmn:process>
</bpmn:definitions>
"""


def add(house: House) -> None:
    @test("A BPMN file is dropped, checked, its lane given to a role, brought in, and drawn")
    def bring() -> None:
        with house.visitor() as visitor:
            visitor.sign_in("admin")
            page = visitor.page
            visitor.open("/settings/workflows")
            visitor.check_accessible()
            page.get_by_role("link", name="导入 BPMN").first.click()
            path = Path(tempfile.mkdtemp()) / "first.bpmn"
            path.write_text(FILE, encoding="utf-8")
            page.set_input_files("input[type=file]", str(path))
            expect(page.locator(".drop b")).to_have_text("first.bpmn")
            page.get_by_label("走在哪种记录上").select_option("company")
            page.get_by_role("button", name="先检查").click()
            expect(page.locator("#report")).to_be_visible()
            visitor.check_accessible()
            visitor.screenshot("workflow-report")
            page.locator("select[name='lane.l1']").select_option("sales")
            page.get_by_role("button", name="再检查一次").click()
            page.get_by_role("button", name="导入并启用").click()
            page.wait_for_url(re.compile("/settings/workflows/first_order"))
            expect(page.locator(".pm svg [data-node=ask]")).to_be_visible()
            visitor.check_accessible()
            visitor.check_width()
            visitor.screenshot("workflow")

    @test("It is started on a customer, its task is on the day, and is done there")
    def run() -> None:
        company = first_record(house, "company", "sales", "&filter=" + "owner%20%3D%20ME()")
        with house.visitor() as visitor:
            visitor.sign_in("sales")
            page = visitor.page
            visitor.open(f"/o/company/{company}")
            page.locator("#workflows").get_by_role("button", name="启动").click()
            page.wait_for_url(re.compile(r"/workflows/[0-9a-f-]{36}"))
            expect(page.locator(".pm .now")).to_have_count(1)
            visitor.check_accessible()
            visitor.screenshot("workflow-run")
            visitor.open("/")
            task = page.locator("#workflow-tasks li", has_text="问候客户").first
            expect(task).to_be_visible()
            task.get_by_role("button", name="领取").click()
            task = page.locator("#workflow-tasks li", has_text="问候客户").first
            task.locator("summary", has_text="完成").click()
            task.get_by_role("button", name="完成").click()
            expect(page.locator("#workflow-tasks li", has_text="记录反馈").first).to_be_visible()
        with house.visitor(phone=True, dark=True) as visitor:
            visitor.sign_in("sales")
            visitor.open("/")
            visitor.check_width()
            visitor.check_accessible()
            visitor.screenshot("workflow-day-phone")
